namespace Assay.Sources.Writing.Tables;

/// <summary>
/// Writes tables of a product with transactions. A batch and its mark in <see cref="BatchMarks"/> are one of them, so that the mark is there
/// exactly if the rows are. Tables are made outside of it: some products end a transaction with that.
/// </summary>
/// <param name="insert">How rows are inserted where there is a faster way than statements that hold them.</param>
internal sealed class TransactionalWriter(
    ITransactionalLine line, TransactionalDialect dialect, Func<TableShape, IAsyncEnumerable<string?[]>, CancellationToken, Task>? insert = null) : ITableWriter
{
    private readonly TableMaker maker = new(line, dialect);
    private BatchMarks? marks;

    private BatchMarks Marks => marks ??= new BatchMarks(line, dialect, maker);

    public async Task PrepareAsync(TableShape table, CancellationToken cancel)
    {
        table.Check(WriteSteps.Prepare, dialect.ProblemOf, dialect.Names);
        await Marks.PrepareAsync(cancel);
        await maker.PrepareAsync(table, cancel);
    }

    public Task<bool> AppendAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel) => WriteAsync(table, batch, rows, replace: false, cancel);

    public Task<bool> ReplaceAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel) => WriteAsync(table, batch, rows, replace: true, cancel);

    public async Task DropAsync(string table, CancellationToken cancel)
    {
        await Marks.PrepareAsync(cancel);
        // First the marks: a drop that breaks off between the two can be done again, and a table without marks loses nothing.
        await Marks.ForgetAsync(table, cancel);
        await maker.DropAsync(table, cancel);
    }

    public ValueTask DisposeAsync() => line.DisposeAsync();

    private async Task<bool> WriteAsync(TableShape table, string batch, RowBatch rows, bool replace, CancellationToken cancel)
    {
        table.Check(WriteSteps.Append, dialect.ProblemOf, dialect.Names);
        await Marks.PrepareAsync(cancel);
        await line.BeginAsync(WriteSteps.Append, cancel);
        try
        {
            var first = await Marks.TryMarkAsync(table.Name, batch, cancel);
            if (first)
            {
                // TRUNCATE would end the transaction at some products, and shut readers out at others.
                if (replace) await line.ExecuteAsync(WriteSteps.Append, $"DELETE FROM {dialect.Table(table.Name)}", cancel);
                await (insert ?? InsertAsync)(table, rows.ReadAsync(table, dialect.HoldsZeroBytes, cancel), cancel);
                await line.CommitAsync(WriteSteps.Append, cancel);
                return true;
            }
        }
        catch
        {
            await line.RollBackAsync();
            throw;
        }
        await line.RollBackAsync();
        return false;
    }

    private async Task InsertAsync(TableShape table, IAsyncEnumerable<string?[]> rows, CancellationToken cancel)
    {
        var head = dialect.Insert(table.Name, table.Columns);
        await foreach (var chunk in RowTexts.ChunksAsync(dialect, table, rows, cancel))
            await line.ExecuteAsync(WriteSteps.Append, head + chunk, cancel);
    }
}
