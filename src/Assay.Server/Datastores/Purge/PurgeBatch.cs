using System.Data.Common;
using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Datastores.Purge;

/// <summary>
/// Removes one bounded portion of a deleted datastore in a transaction of its own. Nothing is remembered in between: what is still
/// there says what is left to do, so that a crash at any point costs nothing.
/// </summary>
internal sealed class PurgeBatch(StoreConnections store)
{
    /// <summary>Rows removed per transaction, at most.</summary>
    public const int MostRows = 5_000;
    private const int MostContainers = 200;
    /// <summary>PostgreSQL's advisory lock that one purging node at a time holds per batch.</summary>
    private const long Lock = 4_301;

    /// <returns>True where nothing is left of the datastore; null where another node is at it.</returns>
    public async Task<bool?> RunAsync(long datastoreId, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (store.Kind == StoreKind.Postgres && !await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                "SELECT pg_try_advisory_xact_lock(@Lock)", new { Lock }, transaction, cancellationToken: cancel))) return null;
        var done = await RemoveAsync(connection, transaction, datastoreId, cancel);
        await transaction.CommitAsync(cancel);
        return done;
    }

    private async Task<bool> RemoveAsync(DbConnection connection, DbTransaction transaction, long datastoreId, CancellationToken cancel)
    {
        var left = MostRows;
        var containers = (await connection.QueryAsync<long>(new CommandDefinition(
            "SELECT id FROM containers WHERE datastore_id = @datastoreId ORDER BY datastore_id, name LIMIT @most",
            new { datastoreId, most = MostContainers }, transaction, cancellationToken: cancel))).AsList();
        if (containers.Count > 0)
        {
            foreach (var step in PurgePlan.OfContainers)
                if ((left -= await RemoveOfAsync(step, containers)) <= 0) return false;
            await RemoveOfAsync(new PurgeStep(PurgePlan.Containers, "id"), containers);
            return false;
        }
        foreach (var step in PurgePlan.OfDatastore)
            if ((left -= await RemoveOfAsync(step, [datastoreId])) <= 0) return false;
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM datastores WHERE id = @datastoreId AND deleted IS NOT NULL", new { datastoreId }, transaction, cancellationToken: cancel));
        return true;

        Task<int> RemoveOfAsync(PurgeStep step, IReadOnlyCollection<long> owners) => connection.ExecuteAsync(new CommandDefinition(
            $"DELETE FROM {step.Table} WHERE {Rows($"FROM {step.Table} WHERE {store.Kind.InList(step.Column, "@owners")} LIMIT @left")}",
            new { owners = store.Kind.List(owners), left }, transaction, cancellationToken: cancel));
    }

    /// <summary>A condition on the store's own address of a row, which every table has, whatever its key.</summary>
    private string Rows(string from) => store.Kind == StoreKind.Postgres ? $"ctid = ANY(ARRAY(SELECT ctid {from}))" : $"rowid IN (SELECT rowid {from})";
}
