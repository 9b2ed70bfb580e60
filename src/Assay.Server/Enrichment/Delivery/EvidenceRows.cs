using System.Data;
using Assay.Server.Store;
using Assay.Server.Store.Reads;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>Reads evidence from the metadata store, as it is written and never all at once.</summary>
internal sealed class EvidenceRows(StoreConnections store)
{
    /// <summary>Rows of a batch, at most.</summary>
    public int MostRows { get; init; } = 100_000;

    /// <summary>The key of the last row of the entry's next batch; null where all rows are in earlier ones.</summary>
    public async Task<(long, long)?> EndAsync(EvidencePart part, QueuedEntry entry, CancellationToken cancel) =>
        await KeyAsync(part, entry, MostRows - 1, cancel) is { } end ? end
        : await KeyAsync(part, entry, 0, cancel) is null ? null
        : (long.MaxValue, long.MaxValue);

    /// <summary>The rows of the entry's batch. Two read them side by side: to put them into words takes longer than most stores need to take them in.</summary>
    public RowBatch Batch(EvidencePart part, QueuedEntry entry)
    {
        var middle = (entry.After1 + entry.Until1!.Value) / 2;
        return entry.Until1 == long.MaxValue || middle <= entry.After1 ? RowBatch.Of(Writer(entry))
            : RowBatch.Of(Writer(entry with { Until1 = middle, Until2 = long.MaxValue }), Writer(entry with { After1 = middle, After2 = long.MaxValue }));

        Func<RowLines, CancellationToken, Task> Writer(QueuedEntry stretch) => (lines, cancel) => WriteAsync(part, stretch, lines, cancel);
    }

    private async Task WriteAsync(EvidencePart part, QueuedEntry entry, RowLines lines, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = part.RowsSql;
        Keys(entry, entry.Until1!.Value).Add("@d", entry.Until2!.Value).AddTo(command);
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancel);
        var row = new Utf8Row(rows);
        var write = part.Begin(lines);
        while (await rows.ReadAsync(cancel))
        {
            write(row);
            lines.EndRow();
            if (lines.IsFull) await lines.FlushAsync(cancel);
        }
    }

    private async Task<(long, long)?> KeyAsync(EvidencePart part, QueuedEntry entry, long skip, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = part.EndSql;
        Keys(entry, long.MaxValue).Add("@skip", skip).AddTo(command);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetInt64(0), row.GetInt64(1)) : null;
    }

    private static SqlArguments Keys(QueuedEntry entry, long until) =>
        new SqlArguments().Add("@scan", entry.ContainerScanId!.Value).Add("@a", entry.After1).Add("@b", entry.After2).Add("@c", until);
}
