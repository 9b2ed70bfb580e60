using System.Data.Common;
using Assay.Server.Anomalies;
using Assay.Server.Checks;
using Assay.Server.Store;
using Assay.Sources.Contract;
using Dapper;

namespace Assay.Server.Operations.Sync;

/// <summary>Keeps a datastore's figures true: what it holds, and whether its source answered last time.</summary>
internal sealed class DatastoreFigures(StoreConnections store)
{
    /// <summary>Whether such a fault means that the source cannot be used at all.</summary>
    public static bool MeansDisconnected(SourceFaultCode code) => code is not (SourceFaultCode.TooManyConnections or SourceFaultCode.ConnectionLost
        or SourceFaultCode.Unsupported or SourceFaultCode.NoRoom or SourceFaultCode.SourceError);

    public async Task DisconnectedAsync(long datastoreId, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE datastores SET connected = FALSE WHERE id = @datastoreId AND connected", new { datastoreId }, cancellationToken: cancel));
    }

    /// <summary>Counts what the datastore holds and records that its source answered.</summary>
    /// <param name="recount">False where its containers are as they were.</param>
    /// <returns>False where the datastore is gone: the caller must not commit.</returns>
    public static async Task<bool> UpdateAsync(DbTransaction transaction, long datastoreId, bool recount, long now, CancellationToken cancel) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition($"""
            UPDATE datastores SET connected = TRUE{(recount ? $", {Counted}" : "")} WHERE id = @datastoreId AND deleted IS NULL
            """, new { datastoreId, now }, transaction, cancellationToken: cancel)) == 1;

    /// <summary>Assignments that count live containers, their records, profiled fields, checks and anomalies anew.</summary>
    public const string Counted = $"""
        fields_profiled = (SELECT COUNT(*) FROM fields f JOIN containers c ON c.id = f.container_id
            WHERE c.datastore_id = datastores.id AND c.deleted_at IS NULL AND f.latest_profile_id IS NOT NULL AND f.status IN ('active', 'masked')),
        containers = (SELECT COUNT(*) FROM containers c WHERE c.datastore_id = datastores.id AND c.deleted_at IS NULL),
        field_count = (SELECT COALESCE(SUM(c.field_count), 0) FROM containers c WHERE c.datastore_id = datastores.id AND c.deleted_at IS NULL),
        records = (SELECT COALESCE(SUM(c.records), 0) FROM containers c WHERE c.datastore_id = datastores.id AND c.deleted_at IS NULL),
        {CheckFigures.Counted},
        {AnomalyFigures.Counted}
        """;
}
