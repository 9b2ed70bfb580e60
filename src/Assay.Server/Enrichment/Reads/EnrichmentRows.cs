using System.Text.Json.Nodes;
using Assay.Engine;
using Assay.Quality;
using Assay.Quality.Grouping;
using Assay.Quality.Scanning;
using Assay.Server.Containers.Preview;
using Assay.Server.Datastores;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Enrichment.Reads;

/// <summary>Rows of written tables, read back from the enrichment store. What was masked was written masked.</summary>
internal sealed class EnrichmentRows(AssayDb db, EnrichmentStores stores, IEngine engine, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    public async Task<Outcome<SourceRecordsView>> ReadAsync(long storeId, WrittenTable table, EnrichmentRowsQuery wish, CancellationToken cancel)
    {
        if (await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == storeId && d.Deleted == null, cancel) is not { } store) return Failure.NotFound("Datastore", storeId);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return await RowsAsync(store, table, wish, patience.Token);
        }
        catch (SourceException fault)
        {
            return Failure.Unreachable(fault.Message);
        }
        catch (EngineException fault)
        {
            return ReadFaults.Of(fault);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failure.Unreachable($"read rows: the enrichment store did not answer within {Patience.TotalSeconds} seconds.");
        }
    }

    private async Task<Outcome<SourceRecordsView>> RowsAsync(Datastore store, WrittenTable table, EnrichmentRowsQuery wish, CancellationToken cancel)
    {
        var (connector, target) = (stores.Writable(store), await stores.TargetAsync(store, cancel));
        var filter = string.IsNullOrWhiteSpace(wish.Filter) ? null : wish.Filter;
        if (connector is not IReadable readable || await ContainerAsync(connector, target, table, cancel) is not { } container) return new SourceRecordsView((string?)null);
        var source = await readable.DescribeReadAsync(target, new ContainerRead { Container = container, RowLimit = filter is null ? wish.Limit : null }, cancel);
        await using var rows = await source.OpenAsync(engine, cancel);
        var condition = "1";
        if (filter is not null)
        {
            var fields = container.Fields.Select(f => new ContainerField(f.Name, Enum.Parse<Quality.FieldType>(f.Type.ToString()), null, f.NativeType)).ToList();
            var written = await FilteredRows.OfAsync(engine, new Relation(table.Name, rows.Sql) { Bind = rows.Bind, Fields = fields }, [.. fields.Select(f => f.Name)], filter, clock.GetUtcNow(), cancel);
            if (written.Fault is { } fault) return Failure.Invalid(FieldError.InQuery("filter", fault.ToString(), "expression_error"));
            condition = written.Condition;
        }
        var found = await engine.ListAsync(rows.Query($"SELECT * FROM ({rows.Sql}) WHERE {condition} LIMIT {wish.Limit}"), cancel);
        return new SourceRecordsView(found.Count == 0 ? null : new JsonArray([.. found.Select(row => Row(container, row))]).ToJsonString(Web.Json.Options));
    }

    /// <returns>Null where the table is not there (any more).</returns>
    private static async Task<ContainerStructure?> ContainerAsync(IWritable connector, SourceTarget target, WrittenTable table, CancellationToken cancel)
    {
        if (connector.ContainerOf(new TableShape(table.Name, WrittenTables.Parse(table.Columns))) is { } known) return known;
        await foreach (var container in connector.ListContainersAsync(target, new ListOptions(Views: false), cancel))
            if (container.Name == table.Name) return container;
        return null;
    }

    private static JsonObject Row(ContainerStructure container, EngineRow row) => new(container.Fields
        .DistinctBy(f => f.Name.ToLowerInvariant()).Select(f => KeyValuePair.Create(f.Name.ToLowerInvariant(), CellJson.Of(row[f.Name]))));
}
