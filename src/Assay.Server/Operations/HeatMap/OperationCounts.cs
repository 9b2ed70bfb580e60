using System.ComponentModel.DataAnnotations.Schema;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.HeatMap;

/// <summary>Counts operations by day, in the store.</summary>
internal sealed class OperationCounts(AssayDb db, TimeProvider clock)
{
    public async Task<Outcome<HeatMapView>> ReadAsync(HeatMapQuery query, Caller caller, CancellationToken cancel)
    {
        if (!query.Bounds(clock.UtcNow()).Try(out var days, out var failure)) return failure;
        var operations = db.Database.SqlQuery<OneOperation>(
            $"SELECT created / {Microseconds.PerDay} AS day, datastore_id, type, result FROM operations WHERE created >= {days.From} AND created < {days.Until}");
        var visible = db.DatastoresVisibleTo(caller);
        operations = operations.Where(o => visible.Any(d => d.Id == o.DatastoreId));
        if (query.Datastore is { } datastores) operations = operations.Where(o => datastores.Contains(o.DatastoreId));
        if (query.OperationType is { } types)
        {
            var names = OperationTypes.Stored(types);
            operations = operations.Where(o => names.Contains(o.Type));
        }
        if (query.Result is { } results) operations = operations.Where(o => results.Contains(o.Result));
        var found = await operations.GroupBy(o => o.Day).Select(g => new { g.Key, Count = g.LongCount() }).OrderBy(g => g.Key).ToListAsync(cancel);
        return new HeatMapView(found.Sum(g => g.Count), new HeatMapRanges(FigureRange.Of(found.Select(g => g.Count))), [.. found.Select(g => new OperationDay(DayRange.Day(g.Key), g.Count))]);
    }

    private sealed class OneOperation
    {
        [Column("day")]
        public long Day { get; init; }
        [Column("datastore_id")]
        public long DatastoreId { get; init; }
        [Column("type")]
        public required string Type { get; init; }
        [Column("result")]
        public required string Result { get; init; }
    }
}
