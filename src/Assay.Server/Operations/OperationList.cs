using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations;

/// <summary>Reads operations with their datastores, as far as the caller may see them.</summary>
internal sealed class OperationList(AssayDb db)
{
    public async Task<PageOf<OperationView>> PageAsync(OperationFilter filter, Caller caller, CancellationToken cancel)
    {
        var rows = Sorted(Filtered(filter, caller), filter);
        var page = await rows.ToPageAsync(filter, cancel);
        return page.With(await ViewsAsync(page.Items, caller, cancel));
    }

    /// <summary>One operation; null where there is none, or its datastore is deleted.</summary>
    public async Task<OperationView?> FindAsync(long id, Caller caller, CancellationToken cancel)
    {
        var operation = await db.Set<Operation>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancel);
        return operation is null ? null : (await ViewsAsync([operation], caller, cancel)).FirstOrDefault();
    }

    public async Task<IReadOnlyList<OperationView>> ViewsAsync(IReadOnlyList<Operation> operations, Caller caller, CancellationToken cancel)
    {
        var ids = operations.Select(o => o.DatastoreId).Distinct().ToArray();
        var datastores = await db.Set<Datastore>().AsNoTracking().Where(d => ids.Contains(d.Id) && d.Deleted == null)
            .Select(d => new { Row = d, Favorite = db.Set<Favorite>().Any(f => f.DatastoreId == d.Id && f.UserId == caller.Id) })
            .ToDictionaryAsync(d => d.Row.Id, cancel);
        var parts = await OperationParts.ReadAsync(db, operations, cancel);
        return [.. operations.Where(o => datastores.ContainsKey(o.DatastoreId))
            .Select(o => OperationView.Of(o, datastores[o.DatastoreId].Row, datastores[o.DatastoreId].Favorite, parts))];
    }

    private IQueryable<Operation> Filtered(OperationFilter filter, Caller caller)
    {
        var visible = db.DatastoresVisibleTo(caller);
        var rows = db.Set<Operation>().AsNoTracking().Where(o => visible.Any(d => d.Id == o.DatastoreId));
        if (filter.Id is { } ids) rows = rows.Where(o => ids.Contains(o.Id));
        if (filter.ScheduleId is not null) rows = rows.Where(o => false); // nothing is started by schedules
        if (filter.OperationType is { } types)
        {
            var names = OperationTypes.Stored(types);
            rows = rows.Where(o => names.Contains(o.Type));
        }
        if (filter.Finished is { } finished) rows = rows.Where(o => o.EndTime != null == finished);
        if (filter.Result is { } results) rows = rows.Where(o => results.Contains(o.Result));
        if (filter.Datastore is { } datastores) rows = rows.Where(o => datastores.Contains(o.DatastoreId));
        if (filter.Container is { } containers)
            rows = rows.Where(o => db.Set<Container>().Any(c => containers.Contains(c.Id) && c.DatastoreId == o.DatastoreId));
        if (filter.HasLogs is { } logs) rows = rows.Where(o => o.Message != null == logs);
        return ByDay(rows, filter);
    }

    private static IQueryable<Operation> ByDay(IQueryable<Operation> rows, OperationFilter filter)
    {
        DateTime Begin(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddMinutes(-filter.Offset);
        foreach (var day in new[] { filter.CreatedDate, filter.StartDate })
        {
            if (day is null) continue;
            var from = Begin(day.Value);
            rows = rows.Where(o => o.Created >= from);
        }
        foreach (var day in new[] { filter.CreatedDate, filter.EndDate })
        {
            if (day is null || day == DateOnly.MaxValue) continue;
            var until = Begin(day.Value.AddDays(1));
            rows = rows.Where(o => o.Created < until);
        }
        return rows;
    }

    private static IQueryable<Operation> Sorted(IQueryable<Operation> rows, OperationFilter filter)
    {
        if (filter.SortDuration is not null) rows = rows.OrderBy(o => o.Duration == null).By(filter.SortDuration, o => o.Duration);
        var created = filter.SortCreated ?? (filter.SortDuration is null ? "desc" : null);
        return rows.By(created, o => o.Created).By(created ?? "desc", o => o.Id);
    }
}
