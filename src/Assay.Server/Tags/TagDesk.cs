using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Tags;

/// <summary>Makes, finds, changes and removes tags.</summary>
internal sealed class TagDesk(AssayDb db, TimeProvider clock)
{
    private const string Lineage = "lineage";

    public async Task<Outcome<TagView>> GetAsync(string name, CancellationToken cancel) =>
        await db.Set<Tag>().AsNoTracking().FirstOrDefaultAsync(t => t.Name == name, cancel) is { } tag ? TagView.Of(tag) : NotFound(name);

    public async Task<Outcome<TagView>> CreateAsync(TagRequest request, CancellationToken cancel)
    {
        if (TagNames.Problem(request.Name, ["body", "name"]) is { } problem) return Failure.Invalid(problem);
        if (await ParentProblemAsync(request, request.Type, null, cancel) is { } failure) return failure;
        var tag = new Tag
        {
            Type = request.Type,
            Name = request.Name,
            Color = request.Color,
            Description = request.Description,
            Category = request.Category,
            WeightModifier = request.WeightModifier ?? Tag.DefaultWeight,
            ParentLineageTagId = request.ParentLineageTagId,
            Created = clock.UtcNow(),
        };
        db.Add(tag);
        return await SaveAsync(tag, cancel);
    }

    public async Task<Outcome<TagView>> UpdateAsync(string name, TagChange change, CancellationToken cancel)
    {
        if (await db.Set<Tag>().FirstOrDefaultAsync(t => t.Name == name, cancel) is not { } tag) return NotFound(name);
        if (change.Name is { } renamed && TagNames.Problem(renamed, ["body", "name"]) is { } problem) return Failure.Invalid(problem);
        if (await ParentProblemAsync(change, tag.Type, tag.Id, cancel) is { } failure) return failure;
        tag.Name = change.Name ?? tag.Name;
        if (change.Sent(nameof(change.Color))) tag.Color = change.Color;
        if (change.Sent(nameof(change.Description))) tag.Description = change.Description;
        if (change.Sent(nameof(change.Category))) tag.Category = change.Category;
        if (change.Sent(nameof(change.WeightModifier))) tag.WeightModifier = change.WeightModifier ?? Tag.DefaultWeight;
        if (change.Sent(nameof(change.ParentLineageTagId))) tag.ParentLineageTagId = change.ParentLineageTagId;
        return await SaveAsync(tag, cancel);
    }

    public async Task<Failure?> DeleteAsync(string name, CancellationToken cancel) =>
        await db.Set<Tag>().Where(t => t.Name == name).ExecuteDeleteAsync(cancel) > 0 ? null : NotFound(name);

    private async Task<Failure?> ParentProblemAsync(TagDetails details, string type, long? id, CancellationToken cancel)
    {
        if (details.ParentLineageTagId is not { } parent) return null;
        if (type != Lineage) return Invalid("Only lineage tags have a parent");
        // Climb to the root: the parents must all be lineage tags, and the tag must not be its own ancestor.
        for (long? above = parent; above is { } current;)
        {
            if (current == id) return Invalid("A tag cannot be its own ancestor");
            if (await db.Set<Tag>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == current && t.Type == Lineage, cancel) is not { } next)
                return Failure.NotFound("Lineage tag", current);
            above = next.ParentLineageTagId;
        }
        return null;

        static Failure Invalid(string msg) => Failure.Invalid(FieldError.InBody("parent_lineage_tag_id", msg));
    }

    private async Task<Outcome<TagView>> SaveAsync(Tag tag, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return TagView.Of(tag);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotFound(tag.Name); // removed meanwhile
        }
        catch (DbUpdateException problem) when (problem.IsUniqueViolation())
        {
            return Failure.Conflict($"Tag name: '{tag.Name}' already exists");
        }
    }

    private static Failure NotFound(string name) => Failure.NotFound($"Tag name: '{name}' not found");
}
