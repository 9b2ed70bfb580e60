using System.Data.Common;
using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Operations.Sync;

/// <summary>Lets one transaction at a time write a datastore's structure: a sync and a profile of it may run side by side.</summary>
internal static class StructureLock
{
    public static async Task TakeAsync(DbTransaction transaction, StoreKind kind, long datastoreId, CancellationToken cancel)
    {
        // SQLite's transactions begin immediate, so the one that is open already excludes every other writer.
        if (!kind.IsPostgres) return;
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            $"SELECT pg_advisory_xact_lock({(long)StoreLock.Structure}, CAST(@datastore AS INT))", new { datastore = datastoreId % int.MaxValue }, transaction, cancellationToken: cancel));
    }
}
