using System.Data;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Assay.Server.Store;
using Assay.Server.Store.Reads;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>Reads evidence from the metadata store, as it is written and never all at once.</summary>
internal sealed class EvidenceRows(StoreConnections store)
{
    /// <summary>Rows of a batch, at most.</summary>
    public int MostRows { get; init; } = 100_000;

    private const int RowsPerPortion = 1_000, PortionsAhead = 4;

    /// <summary>The key of the last row of the entry's next batch; null where all rows are in earlier ones.</summary>
    public async Task<(long, long)?> EndAsync(EvidencePart part, QueuedEntry entry, CancellationToken cancel) =>
        await KeyAsync(part, entry, MostRows - 1, cancel) is { } end ? end
        : await KeyAsync(part, entry, 0, cancel) is null ? null
        : (long.MaxValue, long.MaxValue);

    /// <summary>The rows of the entry's batch. They are read and put into words on a thread of their own, a few portions ahead of who takes them.</summary>
    public async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(EvidencePart part, QueuedEntry entry, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var portions = Channel.CreateBounded<List<object?[]>>(new BoundedChannelOptions(PortionsAhead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => FillAsync(part, entry, portions.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var portion in portions.Reader.ReadAllAsync(cancel))
                foreach (var row in portion) yield return row;
        }
        finally
        {
            await stop.CancelAsync();
            await reading; // it has told the channel how it ended
        }
    }

    private async Task FillAsync(EvidencePart part, QueuedEntry entry, ChannelWriter<List<object?[]>> portions, CancellationToken cancel)
    {
        try
        {
            await using var connection = await store.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = part.RowsSql;
            Keys(entry, entry.Until1!.Value).Add("@d", entry.Until2!.Value).AddTo(command);
            await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancel);
            var portion = new List<object?[]>(RowsPerPortion);
            while (await rows.ReadAsync(cancel))
            {
                portion.Add(part.Row(rows));
                if (portion.Count < RowsPerPortion) continue;
                await portions.WriteAsync(portion, cancel);
                portion = new List<object?[]>(RowsPerPortion);
            }
            await portions.WriteAsync(portion, cancel);
            portions.Complete();
        }
        catch (Exception problem)
        {
            portions.Complete(problem);
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
