using System.Text.Json;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Users;
using Assay.Server.Web;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Masking;

/// <summary>Writes down who is shown masked values, before they are, and tells it to administrators.</summary>
internal sealed class MaskingAudit(AssayDb db, TimeProvider clock)
{
    /// <param name="fields">The masked fields; where there are none nothing is revealed.</param>
    public Task NoteAsync(string resourceType, long resourceId, string action, IReadOnlyCollection<string> fields, Caller caller, CancellationToken cancel) =>
        NoteAsync(resourceType, resourceId, action, fields, caller.Id, cancel);

    /// <summary>The same for a user who is not calling now, but has asked for an operation.</summary>
    public async Task NoteAsync(string resourceType, long resourceId, string action, IReadOnlyCollection<string> fields, long userId, CancellationToken cancel)
    {
        if (fields.Count == 0) return;
        db.Add(new MaskingReveal
        {
            Created = clock.UtcNow(),
            UserId = userId,
            Action = action,
            ResourceType = resourceType,
            ResourceId = resourceId,
            Fields = JsonSerializer.Serialize(fields, Json.Options),
        });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Latest first.</summary>
    public async Task<PageOf<MaskingRevealView>> PageAsync(MaskingQuery query, CancellationToken cancel)
    {
        var rows = db.Set<MaskingReveal>().AsNoTracking();
        if (query.UserId is { } users) rows = rows.Where(r => users.Contains(r.UserId));
        if (query.Action is { } actions) rows = rows.Where(r => actions.Contains(r.Action));
        if (query.ResourceType is { } types) rows = rows.Where(r => types.Contains(r.ResourceType));
        if (query.ResourceId is { } ids) rows = rows.Where(r => ids.Contains(r.ResourceId));
        if (query.StartDate is { } start)
        {
            var from = start.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            rows = rows.Where(r => r.Created >= from);
        }
        if (query.EndDate is { } end && end < DateOnly.MaxValue)
        {
            var until = end.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            rows = rows.Where(r => r.Created < until);
        }
        var page = await rows.By("desc", r => r.Id).ToPageAsync(query, cancel);
        var people = page.Items.Select(r => r.UserId).Distinct().ToArray();
        var names = await db.Set<User>().Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancel);
        return page.With<MaskingRevealView>([.. page.Items.Select(r => new MaskingRevealView(
            r.Id, r.Created, r.UserId, names.GetValueOrDefault(r.UserId), r.Action, r.ResourceType, r.ResourceId, JsonSerializer.Deserialize<List<string>>(r.Fields, Json.Options)!))]);
    }
}

/// <summary>One occasion on which somebody was shown values of masked fields.</summary>
/// <param name="UserName">Null where the user is gone.</param>
/// <param name="Action"><c>view</c>, <c>download</c>, <c>export</c> or <c>materialize</c>.</param>
/// <param name="ResourceType"><c>container</c> (its rows), <c>anomaly</c> (its source records) or <c>field_profile</c>.</param>
/// <param name="Fields">The names of the fields whose values were shown.</param>
internal sealed record MaskingRevealView(
    long Id, DateTime Created, long UserId, string? UserName, string Action, string ResourceType, long ResourceId, IReadOnlyList<string> Fields);
