using Assay.Server.Datastores;
using Assay.Server.Store;
using Assay.Sources.Contract;
using Dapper;

namespace Assay.Server.Operations.Sync.Listings;

/// <summary>Finds the syncs of a connection that one listing could serve together.</summary>
internal sealed class WaitingSyncs(StoreConnections store, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Counts the changes of a connection.</summary>
    public async Task<long> RevisionAsync(long connectionId, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT revision FROM connections WHERE id = @connectionId", new { connectionId }, cancellationToken: cancel));
    }

    /// <summary>
    /// The syncs that wait or have begun, as one listing of the same kind could serve them, with their schemas. Where there is more
    /// than one, waits for as long as more keep coming, as during a bulk creation, but not for ever.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, string>> GatherAsync(ListingKind kind, bool schemaIsDatabase, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var waiting = await ReadAsync(kind, schemaIsDatabase, cancel);
        while (waiting.Count > 1 && clock.GetElapsedTime(started) < Longest)
        {
            await Task.Delay(Look, clock, cancel);
            var now = await ReadAsync(kind, schemaIsDatabase, cancel);
            if (now.Count <= waiting.Count) return now;
            waiting = now;
        }
        return waiting;
    }

    private async Task<Dictionary<long, string>> ReadAsync(ListingKind kind, bool schemaIsDatabase, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(long Id, string Settings, string? Database, string? Schema)>(new CommandDefinition("""
            SELECT o.id, o.settings, d.database, d."schema" FROM operations o JOIN datastores d ON d.id = o.datastore_id
            WHERE o.end_time IS NULL AND o.result IN ('queued', 'running') AND o.type = 'sync' AND NOT o.abort_requested
              AND d.connection_id = @connectionId AND d.deleted IS NULL
            """, new { connectionId = kind.ConnectionId }, cancellationToken: cancel));
        var syncs = new Dictionary<long, string>();
        foreach (var (id, settings, database, schema) in rows)
        {
            var (catalog, name) = schemaIsDatabase ? (null, database) : (database, schema);
            if (name is not null && ListingKind.Of(kind.ConnectionId, catalog, SyncSettings.Parse(settings).Wanted) == kind) syncs.Add(id, name);
        }
        return syncs;
    }
}

/// <summary>What syncs must have in common for one listing to serve them.</summary>
internal sealed record ListingKind(long ConnectionId, string? Catalog, bool Tables, bool Views)
{
    public static ListingKind Of(long connectionId, string? catalog, ListOptions wanted) => new(connectionId, catalog, wanted.Tables, wanted.Views);

    public ListOptions Wanted => new(Tables, Views);

    /// <summary>The catalog and the schema of a datastore, as discovery calls them; no schema where it names none.</summary>
    public static (string? Catalog, string? Schema) LevelsOf(Datastore datastore, ConnectorSpec spec) =>
        spec.SchemaIsDatabase ? (null, datastore.Database) : (datastore.Database, datastore.Schema);
}
