using Assay.Sources.Contract;

namespace Assay.Sources.Writing.Tables;

/// <summary>The batches that were written, in a table beside theirs.</summary>
internal sealed class BatchMarks(ITableLine line, TransactionalDialect dialect, TableMaker maker)
{
    public const string Name = "_assay_batches";

    private bool there;

    public async Task PrepareAsync(CancellationToken cancel)
    {
        if (there) return;
        if (!await maker.IsThereAsync(Name, cancel))
        {
            try
            {
                await line.ExecuteAsync(WriteSteps.Prepare, dialect.CreateMarks(Name), cancel);
            }
            catch (SourceException)
            {
                // Somebody else may have made it a moment ago.
                if (!await maker.IsThereAsync(Name, cancel)) throw;
            }
        }
        there = true;
    }

    /// <summary>To be called within a transaction. Whoever else writes the same batch now is waited for.</summary>
    /// <returns>False where the batch has its mark already.</returns>
    public async Task<bool> TryMarkAsync(string table, string batch, CancellationToken cancel)
    {
        if (dialect.LockMarks(Name) is { } wait) await line.ExecuteAsync(WriteSteps.Append, wait, cancel);
        return await line.ExecuteAsync(WriteSteps.Append, dialect.Mark(Name, table, batch), cancel) > 0;
    }

    public Task ForgetAsync(string table, CancellationToken cancel) =>
        line.ExecuteAsync(WriteSteps.Drop, $"DELETE FROM {dialect.Table(Name)} WHERE {dialect.Quote("table_name")} = {dialect.Text(table)}", cancel);
}
