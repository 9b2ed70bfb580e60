using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Tags;

/// <summary>The tags that a request names, by id or name; names that no tag has make a global one. Works in the caller's transaction.</summary>
internal sealed class TagChoice(AssayDb db, TimeProvider clock)
{
    public async Task<Outcome<HashSet<long>>> IdsAsync(IReadOnlyList<NameOrId> wanted, CancellationToken cancel)
    {
        var problems = wanted.Select((w, i) => w.Name is { } name ? TagNames.Problem(name, ["body", "tags", i]) : null).OfType<FieldError>().ToList();
        if (problems.Count > 0) return Failure.Invalid(problems);
        foreach (var name in wanted.Select(w => w.Name).OfType<string>().Distinct().Order(StringComparer.Ordinal))
            if (!await db.Set<Tag>().AnyAsync(t => t.Name == name, cancel)) await MakeAsync(name, cancel);
        var ids = wanted.Where(w => w.Id is not null).Select(w => w.Id!.Value).ToArray();
        var names = wanted.Where(w => w.Name is not null).Select(w => w.Name!).ToArray();
        var found = await db.Set<Tag>().Where(t => EF.Parameter(ids).Contains(t.Id) || EF.Parameter(names).Contains(t.Name)).Select(t => new { t.Id, t.Name }).ToListAsync(cancel);
        return wanted.FirstOrDefault(w => !found.Exists(t => w.Id is { } id ? t.Id == id : t.Name == w.Name)) is { } missing
            ? missing.NotFound("Tag")
            : found.Select(t => t.Id).ToHashSet();
    }

    // Where another request makes the same tag meanwhile, its is taken.
    private Task MakeAsync(string name, CancellationToken cancel)
    {
        var (weight, created) = (Tag.DefaultWeight, Microseconds.From(clock.UtcNow()));
        return db.Database.ExecuteSqlAsync(
            $"INSERT INTO tags (type, name, weight_modifier, created) VALUES ('global', {name}, {weight}, {created}) ON CONFLICT (name) DO NOTHING", cancel);
    }
}
