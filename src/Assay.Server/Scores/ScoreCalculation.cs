using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Scores;

/// <summary>
/// Makes the scores of a datastore's marked containers, their fields and itself anew: marks, figures and scores in one transaction, so that
/// a crash costs nothing. However many containers and fields there are, it is a fixed number of statements per portion.
/// </summary>
internal sealed class ScoreCalculation(StoreConnections store, TimeProvider clock)
{
    /// <summary>Containers per transaction, at most.</summary>
    public const int MostContainers = 50;
    /// <summary>No datastore's scores are made more often than this.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Datastores with changes whose scores were not made just now.</summary>
    public async Task<IReadOnlyList<long>> DueAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return [.. await connection.QueryAsync<long>(new CommandDefinition($"""
            SELECT m.datastore_id FROM score_marks m LEFT JOIN score_state s ON s.datastore_id = m.datastore_id
            WHERE s.calculated IS NULL OR s.calculated <= {store.Kind.Now} - @pause OR s.calculated > {store.Kind.Now}
            GROUP BY m.datastore_id ORDER BY MIN(m.id)
            """, new { pause = (long)Pause.TotalMicroseconds }, cancellationToken: cancel))];
    }

    /// <returns>Whether there is more to do at once.</returns>
    public async Task<bool> RunAsync(long datastoreId, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var sql = new ScoreSql(store.Kind, transaction, cancel);
        // One node at a time, so that none writes what it read before another's change.
        if (store.Kind.IsPostgres) await sql.RunAsync($"SELECT pg_advisory_xact_lock({(long)StoreLock.Scores})");
        var marked = await sql.TakeMarksAsync(datastoreId, MostContainers);
        if (marked.Count == 0) return false; // another node has just done it
        var now = clock.UtcNow();
        if (await sql.IsLiveAsync(datastoreId))
        {
            var containers = await new ContainerFigures(sql, datastoreId, now).ReadAsync([.. marked.Where(id => id != 0)]);
            var writer = new ScoreWriter(sql, datastoreId, now);
            await writer.WriteAsync(containers);
            await writer.WriteDatastoreAsync(await new DatastoreScore(sql, datastoreId, now).MakeAsync());
        }
        await transaction.CommitAsync(cancel);
        return marked.Count == MostContainers;
    }
}
