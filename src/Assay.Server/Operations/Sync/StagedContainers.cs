using System.Data.Common;
using System.Text.Json;
using Assay.Server.Containers;
using Assay.Server.Store;
using Assay.Server.Store.Bulk;
using Assay.Server.Web;
using Assay.Sources.Contract;
using Dapper;

namespace Assay.Server.Operations.Sync;

/// <summary>
/// Holds what differs in temporary tables of the metadata store until the listing is complete: neither memory nor the store's write
/// lock is held for the time that the source takes.
/// </summary>
internal sealed class StagedContainers(DbConnection connection, StoreKind kind) : IAsyncDisposable
{
    private const int Batch = 20_000;

    private static readonly BulkTable Containers = new("staged_containers",
        ("ref", BulkType.Number), ("container_id", BulkType.Number), ("is_new", BulkType.Flag), ("unreadable", BulkType.Flag),
        ("structure_changed", BulkType.Flag), ("partitions_changed", BulkType.Flag),
        ("name", BulkType.Text), ("name_key", BulkType.Text), ("container_type", BulkType.Text), ("table_type", BulkType.Text), ("remarks", BulkType.Text),
        ("records", BulkType.Number), ("records_quality", BulkType.Text), ("field_count", BulkType.Number), ("fingerprint", BulkType.Text),
        ("sync_state", BulkType.Text), ("problem", BulkType.Text), ("partition_field", BulkType.Text), ("incremental_field_name", BulkType.Text),
        ("incremental_identifier_type", BulkType.Text), ("keys", BulkType.Text), ("file", BulkType.Text), ("file_settings", BulkType.Text));

    private static readonly BulkTable Fields = new("staged_fields",
        ("ref", BulkType.Number), ("name", BulkType.Text), ("ordinal", BulkType.Number), ("type", BulkType.Text), ("element_type", BulkType.Text),
        ("native_type", BulkType.Text), ("nullable", BulkType.Flag), ("column_size", BulkType.Number), ("decimal_digits", BulkType.Number), ("remarks", BulkType.Text));

    private static readonly BulkTable Partitions = new("staged_partitions",
        ("ref", BulkType.Number), ("name", BulkType.Text), ("location", BulkType.Text), ("partition_size", BulkType.Number), ("modified", BulkType.Number));

    private static readonly BulkTable Gone = new("staged_gone", ("container_id", BulkType.Number));

    private static readonly BulkTable[] All = [Containers, Fields, Partitions, Gone];

    private readonly List<object?[]> containers = [], fields = [], partitions = [];
    private long count;

    /// <summary>Whether anything was staged at all.</summary>
    public bool Any => count > 0;

    public async Task CreateAsync(CancellationToken cancel)
    {
        // On disk: a first sync of very many tables must not hold them in memory.
        if (kind == StoreKind.Sqlite) await ExecuteAsync("PRAGMA temp_store = FILE", cancel);
        await DropAsync(cancel);
        foreach (var table in All) await ExecuteAsync(table.CreateSql(kind), cancel);
    }

    public async Task AddAsync(Sighting sighting, CancellationToken cancel)
    {
        var reference = ++count;
        containers.Add(Row(reference, sighting));
        if (sighting.StructureChanged) fields.AddRange(FieldRows(reference, sighting.Container));
        if (sighting.PartitionsChanged) partitions.AddRange(PartitionRows(reference, sighting.Container));
        if (containers.Count + fields.Count + partitions.Count >= Batch) await PourAsync(cancel);
    }

    /// <summary>Ends the staging: everything is in the tables, and the planner knows how much.</summary>
    public async Task CompleteAsync(IEnumerable<long> gone, CancellationToken cancel)
    {
        await PourAsync(cancel);
        await connection.PourAsync(Gone, [.. gone.Select(id => new object?[] { id })], cancel);
        if (!Any) return;
        foreach (var table in new[] { Containers, Fields, Partitions })
            await ExecuteAsync($"CREATE UNIQUE INDEX {table.Name}_key ON {table.Name} (ref{(table == Containers ? "" : ", name")})", cancel);
        if (kind == StoreKind.Postgres)
            foreach (var table in All) await ExecuteAsync($"ANALYZE {table.Name}", cancel);
    }

    public async ValueTask DisposeAsync()
    {
        // The connection goes back to a pool, which on SQLite would keep the tables.
        try { await DropAsync(CancellationToken.None); }
        catch (Exception problem) when (problem is DbException or InvalidOperationException) { /* it is broken, and the tables are gone with it */ }
    }

    public static string Spell(CountQuality quality) => quality switch
    {
        CountQuality.Exact => RecordsKnown.Exact,
        CountQuality.Estimate => RecordsKnown.Estimate,
        _ => RecordsKnown.Unknown,
    };

    private static string? Spell(ContainerKind container) => container switch
    {
        ContainerKind.Table => "table",
        ContainerKind.View => "view",
        ContainerKind.MaterializedView => "materialized_view",
        ContainerKind.ForeignTable => "foreign_table",
        _ => null,
    };

    private static object?[] Row(long reference, Sighting sighting)
    {
        var c = sighting.Container;
        var choice = FieldChoice.Of(c);
        return [reference, sighting.Known?.Id, sighting.Known is null, sighting.Unreadable, sighting.StructureChanged, sighting.PartitionsChanged,
            c.Name, c.Name.ToLowerInvariant(), c.Kind == ContainerKind.File ? "file" : "table", Spell(c.Kind), c.Remarks, c.Rows, Spell(c.RowsQuality), (long)c.Fields.Count,
            sighting.Fingerprint.ToString(), sighting.SyncState, c.Problem?.Message, choice.Partition, choice.Incremental, choice.IncrementalType,
            c.Keys.Count == 0 ? "[]" : JsonSerializer.Serialize(c.Keys, Json.Options), c.File is null ? null : JsonSerializer.Serialize(c.File, Json.Options),
            sighting.Known?.FileSettings];
    }

    private static IEnumerable<object?[]> FieldRows(long reference, ContainerStructure container) =>
        container.Fields.DistinctBy(f => f.Name, StringComparer.Ordinal).Select(f => new object?[]
        {
            reference, f.Name, (long)f.Ordinal, f.Type.ToString(), f.ElementType?.ToString(), f.NativeType, f.Nullable, (long?)f.Size, (long?)f.Digits, f.Remarks,
        });

    private static IEnumerable<object?[]> PartitionRows(long reference, ContainerStructure container) =>
        container.Partitions.DistinctBy(p => p.Name, StringComparer.Ordinal).Select(p => new object?[]
        {
            reference, p.Name, p.Location, p.Size, p.Modified is { } time ? Microseconds.From(time.UtcDateTime) : null,
        });

    private async Task PourAsync(CancellationToken cancel)
    {
        foreach (var (table, rows) in new[] { (Containers, containers), (Fields, fields), (Partitions, partitions) })
        {
            await connection.PourAsync(table, rows, cancel);
            rows.Clear();
        }
    }

    private async Task DropAsync(CancellationToken cancel)
    {
        foreach (var table in All) await ExecuteAsync($"DROP TABLE IF EXISTS {(kind == StoreKind.Sqlite ? "temp" : "pg_temp")}.{table.Name}", cancel);
    }

    private Task ExecuteAsync(string sql, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancel));
}
