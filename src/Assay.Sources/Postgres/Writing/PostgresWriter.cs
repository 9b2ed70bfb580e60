using System.Text;
using Assay.Sources.Contract;
using Assay.Sources.Writing;
using Npgsql;

namespace Assay.Sources.Postgres.Writing;

/// <summary>
/// Writes tables by COPY. A batch and its mark in <see cref="BatchLedger"/> are one transaction, so that the mark is there exactly if the rows are.
/// </summary>
internal sealed class PostgresWriter(PostgresSession session, PostgresPlace place, PostgresFaultLog faults, TimeSpan timeout) : ITableWriter
{
    private const int LongestName = 63;
    private readonly BatchLedger ledger = new(session, place, timeout);

    public Task PrepareAsync(TableShape table, CancellationToken cancel) => InTransactionAsync(WriteSteps.Prepare, async () =>
    {
        table.Check(WriteSteps.Prepare, ProblemOf);
        await ledger.PrepareAsync(cancel);
        await new PostgresTables(session, place, timeout).PrepareAsync(table, cancel);
        return true;
    }, cancel);

    public Task<bool> AppendAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel) =>
        WriteAsync(table, batch, rows, replace: false, cancel);

    public Task<bool> ReplaceAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel) =>
        WriteAsync(table, batch, rows, replace: true, cancel);

    public Task DropAsync(string table, CancellationToken cancel) => InTransactionAsync(WriteSteps.Drop, async () =>
    {
        await ledger.PrepareAsync(cancel);
        await session.ExecuteAsync($"DROP TABLE IF EXISTS {place.Table(table)}", timeout, cancel);
        await ledger.ForgetAsync(table, cancel);
        return true;
    }, cancel);

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private Task<bool> WriteAsync(TableShape table, string batch, RowBatch rows, bool replace, CancellationToken cancel) => InTransactionAsync(WriteSteps.Append, async () =>
    {
        table.Check(WriteSteps.Append, ProblemOf);
        // Whoever else writes the same batch now is waited for here.
        if (!await ledger.TryMarkAsync(table.Name, batch, cancel)) return false;
        if (replace) await session.ExecuteAsync($"TRUNCATE {place.Table(table.Name)}", timeout, cancel);
        await CopyAsync(table, rows, cancel);
        return true;
    }, cancel);

    private async Task CopyAsync(TableShape table, RowBatch rows, CancellationToken cancel)
    {
        var columns = string.Join(", ", table.Columns.Select(c => PostgresNames.Quote(c.Name)));
        var writer = await session.Connection.BeginTextImportAsync($"COPY {place.Table(table.Name)} ({columns}) FROM STDIN", cancel);
        var copy = ((StreamWriter)(TextWriter)writer).BaseStream;
        copy.WriteTimeout = copy.ReadTimeout = (int)timeout.TotalMilliseconds;
        try
        {
            await rows.WriteTextAsync(table, copy, cancel);
        }
        catch
        {
            // Disposing it alone would end the COPY as if these had been all rows.
            await ((NpgsqlCopyTextWriter)(TextWriter)writer).CancelAsync();
            throw;
        }
        await writer.DisposeAsync();
    }

    /// <summary>Runs work in a transaction of its own. Work that answers false, or fails, leaves nothing behind.</summary>
    private async Task<bool> InTransactionAsync(string step, Func<Task<bool>> work, CancellationToken cancel)
    {
        try
        {
            await session.ExecuteAsync(
                $"BEGIN; SET LOCAL statement_timeout = {(int)timeout.TotalMilliseconds}; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'", timeout, cancel);
            var done = await work();
            await session.ExecuteAsync(done ? "COMMIT" : "ROLLBACK", timeout, cancel);
            return done;
        }
        catch (Exception failure)
        {
            await RollBackAsync();
            if (failure is NpgsqlException or TimeoutException && !cancel.IsCancellationRequested)
                throw new SourceException(faults.Of(failure, step, place), failure);
            throw;
        }
    }

    private async Task RollBackAsync()
    {
        try
        {
            await session.ExecuteAsync("ROLLBACK", timeout, CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            // A session that is gone has rolled back by itself.
        }
    }

    /// <summary>Longer names would be cut by the server, and two of them could become one.</summary>
    private static string? ProblemOf(string name) =>
        name.Length == 0 || name.Contains('\0') ? "A name must not be empty or hold a zero byte."
        : Encoding.UTF8.GetByteCount(name) > LongestName ? $"The name '{name}' has more than {LongestName} bytes, which PostgreSQL would cut."
        : null;
}
