using System.Data.Common;
using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Operations.Sync;

/// <summary>Lets one transaction at a time write a datastore's structure: a sync and a profile of it may run side by side, and users change what it holds.</summary>
internal static class StructureLock
{
    public static async Task TakeAsync(DbTransaction transaction, StoreKind kind, long datastoreId, CancellationToken cancel)
    {
        // SQLite's transactions begin immediate, so the one that is open already excludes every other writer.
        if (!kind.IsPostgres) return;
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "SELECT 1 FROM datastores WHERE id = @datastoreId FOR NO KEY UPDATE", new { datastoreId }, transaction, cancellationToken: cancel));
    }
}
