using System.ComponentModel;
using Assay.Server.Store;
using Assay.Server.Users;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.History;

/// <summary>Reads the changes of everything.</summary>
internal sealed class ActivityLog(AssayDb db)
{
    public async Task<PageOf<ActivityView>> PageAsync(ActivityFilter filter, CancellationToken cancel)
    {
        var changes = db.Set<Change>().AsNoTracking();
        if (filter.Users is { } users) changes = changes.Where(c => c.UserId != null && users.Contains(c.UserId.Value));
        if (filter.StartDate is { } start)
        {
            var from = start.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            changes = changes.Where(c => c.IssuedAt >= from);
        }
        if (filter.EndDate is { } end && end < DateOnly.MaxValue)
        {
            var until = end.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            changes = changes.Where(c => c.IssuedAt < until);
        }
        var page = await changes.By("desc", c => c.Id).ToPageAsync(filter, cancel);
        var names = await NamesAsync(page.Items, cancel);
        return page.With<ActivityView>([.. page.Items.Select(c => new ActivityView(new TransactionView(c.Id, c.IssuedAt,
            c.UserId is { } id && names.TryGetValue(id, out var name) ? new ActorView(id, name) : null), c.Verb, c.ObjectType, c.ObjectId))]);
    }

    private Task<Dictionary<long, string>> NamesAsync(IEnumerable<Change> changes, CancellationToken cancel)
    {
        var ids = changes.Select(c => c.UserId).OfType<long>().Distinct().ToArray();
        return db.Set<User>().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancel);
    }
}

/// <summary>The parameters of <c>GET /api/activity</c>.</summary>
internal sealed record ActivityFilter : Paging
{
    [Description("Ids of the users who made the change; repeat the key for several.")]
    [Alias("users[]")]
    public IReadOnlyList<long>? Users { get; set; }

    [Description("First day, YYYY-MM-DD (UTC).")]
    public DateOnly? StartDate { get; set; }

    [Description("Last day, YYYY-MM-DD (UTC).")]
    public DateOnly? EndDate { get; set; }
}

/// <param name="Transaction">When and by whom.</param>
/// <param name="Verb"><c>insert</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="ObjectType">The kind of thing: <c>connection</c>, <c>user</c>, <c>team</c>, <c>user_token</c>, <c>field</c> or <c>quality_check</c>.</param>
/// <param name="ObjectId">The thing's id; it may be gone by now.</param>
internal sealed record ActivityView(TransactionView Transaction, string Verb, string ObjectType, long ObjectId);
