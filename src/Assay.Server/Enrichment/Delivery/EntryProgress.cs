using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>
/// How far an entry of the outbox is. Where a batch ends is written down before the batch is, and that it is written afterwards; every
/// change names the state that it follows from, so that who was given up for dead, or whose entry was sent elsewhere, changes nothing.
/// </summary>
internal sealed class EntryProgress(StoreConnections store)
{
    private const string Columns = """
        id AS Id, target_id AS TargetId, datastore_id AS DatastoreId, container_scan_id AS ContainerScanId, operation_id AS OperationId, prefix AS Prefix,
        remediation AS Remediation, source_record_limit AS SourceRecordLimit, max_records_analyzed AS MaxRecordsAnalyzed, tables AS Tables,
        step AS Step, batch AS Batch, after1 AS After1, after2 AS After2, until1 AS Until1, until2 AS Until2, created AS CreatedAt
        """;

    private const string Same = "id = @Id AND target_id = @TargetId AND step = @Step AND batch = @Batch";

    /// <summary>The oldest entry of a store; null where nothing waits.</summary>
    public async Task<QueuedEntry?> NextAsync(long targetId, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<QueuedEntry>(new CommandDefinition(
            $"SELECT {Columns} FROM evidence_outbox WHERE target_id = @targetId ORDER BY id LIMIT 1", new { targetId }, cancellationToken: cancel));
    }

    /// <summary>Settles where the batch ends.</summary>
    public async Task<QueuedEntry> PlanAsync(QueuedEntry entry, (long, long) until, CancellationToken cancel)
    {
        await ChangeAsync($"UPDATE evidence_outbox SET until1 = @a, until2 = @b WHERE {Same}", entry, until, cancel);
        return entry with { Until1 = until.Item1, Until2 = until.Item2 };
    }

    /// <summary>The batch is written; the next one of the same table begins behind it.</summary>
    public async Task<QueuedEntry> AdvanceAsync(QueuedEntry entry, CancellationToken cancel)
    {
        var next = Behind(entry);
        await ChangeAsync($"UPDATE evidence_outbox SET batch = batch + 1, after1 = @a, after2 = @b, until1 = NULL, until2 = NULL WHERE {Same}", entry, (next.After1, next.After2), cancel);
        return next;
    }

    /// <summary>The entry as it is once its batch is written.</summary>
    public static QueuedEntry Behind(QueuedEntry entry) =>
        entry with { Batch = entry.Batch + 1, After1 = entry.Until1!.Value, After2 = entry.Until2!.Value, Until1 = null, Until2 = null };

    /// <summary>The table is done with; the next one begins.</summary>
    public async Task<QueuedEntry> NextStepAsync(QueuedEntry entry, CancellationToken cancel)
    {
        await ChangeAsync($"UPDATE evidence_outbox SET step = step + 1, batch = 0, after1 = -1, after2 = -1, until1 = NULL, until2 = NULL WHERE {Same}", entry, default, cancel);
        return entry with { Step = entry.Step + 1, Batch = 0, After1 = -1, After2 = -1, Until1 = null, Until2 = null };
    }

    /// <summary>All of it is written. When is noted with it: who sees nothing waiting any more asks for that.</summary>
    public async Task FinishAsync(QueuedEntry entry, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await connection.ExecuteAsync(new CommandDefinition($"DELETE FROM evidence_outbox WHERE {Same}", entry, transaction, cancellationToken: cancel)) == 0) throw new EntryMovedException();
        await connection.ExecuteAsync(new CommandDefinition($"UPDATE evidence_state SET delivered = {store.Kind.Now} WHERE datastore_id = @TargetId", entry, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Marks the anomalies whose records lie in batches before the entry's next one.</summary>
    /// <param name="from">Where those begin that are not marked yet.</param>
    public async Task MarkEnrichedAsync(QueuedEntry entry, long from, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE anomalies SET source_enriched = TRUE WHERE container_scan_id = @ContainerScanId AND id >= @from AND id <= @After1 AND NOT source_enriched",
            new { entry.ContainerScanId, from, entry.After1 }, cancellationToken: cancel));
    }

    private async Task ChangeAsync(string sql, QueuedEntry entry, (long A, long B) keys, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var values = new { entry.Id, entry.TargetId, entry.Step, entry.Batch, a = keys.A, b = keys.B };
        if (await connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancel)) == 0) throw new EntryMovedException();
    }
}

/// <summary>An entry of the outbox as its delivery sees it.</summary>
internal sealed record QueuedEntry
{
    public long Id { get; init; }
    public long TargetId { get; init; }
    public long DatastoreId { get; init; }
    public long? ContainerScanId { get; init; }
    public long OperationId { get; init; }
    public string Prefix { get; init; } = "";
    public string Remediation { get; init; } = "";
    public long SourceRecordLimit { get; init; }
    public long MaxRecordsAnalyzed { get; init; }
    public string? Tables { get; init; }
    public long CreatedAt { get; init; }
    public long Step { get; init; }
    public long Batch { get; init; }
    public long After1 { get; init; }
    public long After2 { get; init; }
    public long? Until1 { get; init; }
    public long? Until2 { get; init; }

    /// <summary>The batch's name among those of its table. The time tells apart installations that begin to count anew; digits alone keep files in one container.</summary>
    public string BatchName => $"{ContainerScanId}-{CreatedAt}-{Batch}";
}

/// <summary>The entry is not what it was: it was sent to another store, given up, or is another process's by now.</summary>
internal sealed class EntryMovedException() : Exception("The entry of the outbox has changed.");
