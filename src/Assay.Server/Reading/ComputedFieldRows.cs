using Assay.Engine;
using Assay.Quality.Computed.Fields;
using Assay.Quality.Scanning;
using Assay.Sources.Reading;

namespace Assay.Server.Reading;

/// <summary>Computes fields on the rows of a container, wherever they came from.</summary>
internal sealed class ComputedFieldRows(IEngine engine, TimeProvider clock)
{
    /// <summary>The rows with the computed fields that were asked for. They own the others.</summary>
    /// <param name="partition">The name of the column that tells the partition; it stays the last one.</param>
    public async Task<EngineRows> AddAsync(
        StoredContainer stored, ComputedFieldDemand demand, EngineRows rows, string? partition, ICollection<(string, FormulaFault)>? faults, CancellationToken cancel)
    {
        try
        {
            var relation = new Relation(stored.Row.Name, rows.Sql) { Bind = rows.Bind, Fields = [.. stored.OfSource.Select(f => StoredContainer.Typed(f))] };
            var written = await ComputedColumns.WriteAsync(engine, relation, [.. demand.Formulas.Select(f => f.Formula)],
                partition is null ? demand.Wanted : [.. demand.Wanted, partition], clock.GetUtcNow(), cancel);
            foreach (var fault in written.Faults) faults?.Add(fault);
            return EngineRows.Over(written.Sql, [rows]);
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same for rows that lie in the engine already.</summary>
    public async Task<EngineRows> AddAsync(StoredContainer stored, string sql, CancellationToken cancel)
    {
        var (demand, rows) = (ComputedFieldDemand.Of(stored, null), EngineRows.Over(sql, []));
        return demand.Formulas.Count == 0 ? rows : await AddAsync(stored, demand, rows, null, null, cancel);
    }
}
