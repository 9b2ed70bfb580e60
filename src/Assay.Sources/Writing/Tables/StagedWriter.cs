using System.Security.Cryptography;
using Assay.Sources.Contract;

namespace Assay.Sources.Writing.Tables;

/// <summary>
/// Writes tables of a product that has no transactions over many statements. Each row carries its batch's name; a batch of one statement is
/// inserted by it, a longer one is gathered in a table of passing use and moved by one statement. What came so far can be seen by the rows
/// themselves, whenever a try broke off.
/// </summary>
internal sealed class StagedWriter(ITableLine line, StagedDialect dialect) : ITableWriter
{
    /// <summary>The column with the batch's name.</summary>
    public const string BatchColumn = "_assay_batch";

    private static readonly TableColumn batchColumn = new(BatchColumn, TableType.Text);
    private static readonly TableShape marks = new(BatchMarks.Name, [new("table_name", TableType.Text), new("batch", TableType.Text), new("written", TableType.Timestamp)]);

    private readonly TableMaker maker = new(line, dialect);
    private bool prepared;

    public async Task PrepareAsync(TableShape table, CancellationToken cancel)
    {
        table.Check(WriteSteps.Prepare, dialect.ProblemOf, dialect.Names);
        await PrepareMarksAsync(cancel);
        await maker.PrepareAsync(WithBatch(table), cancel);
    }

    public Task<bool> AppendAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel) => WriteAsync(table, batch, rows, replace: false, cancel);

    public Task<bool> ReplaceAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel) => WriteAsync(table, batch, rows, replace: true, cancel);

    public async Task DropAsync(string table, CancellationToken cancel)
    {
        await PrepareMarksAsync(cancel);
        await RunAsync(WriteSteps.Drop, $"DELETE FROM {dialect.Table(marks.Name)} WHERE {dialect.Quote("table_name")} = {dialect.Text(table)}", cancel);
        await maker.DropAsync(table, cancel);
    }

    public ValueTask DisposeAsync() => line.DisposeAsync();

    private async Task<bool> WriteAsync(TableShape table, string batch, RowBatch rows, bool replace, CancellationToken cancel)
    {
        table.Check(WriteSteps.Append, dialect.ProblemOf, dialect.Names);
        await PrepareMarksAsync(cancel);
        if (await IsMarkedAsync(table.Name, batch, cancel)) return false;
        // Rows without a mark: a try broke off behind the statement that brought all of them.
        if (!await HasAsync(table.Name, batch, cancel))
            await InsertAsync(WithBatch(table), batch, rows.ReadAsync(table, dialect.HoldsZeroBytes, cancel).Select(row => (string?[])[.. row, batch]), cancel);
        // The new rows are there before the old ones go: nothing is lost wherever it breaks off.
        if (replace) await RunAsync(WriteSteps.Append, $"DELETE FROM {dialect.Table(table.Name)} WHERE {dialect.Quote(BatchColumn)} <> {dialect.Text(batch)} OR {dialect.Quote(BatchColumn)} IS NULL", cancel);
        await RunAsync(WriteSteps.Append, dialect.Insert(marks.Name, marks.Columns) + dialect.Row.Before
            + string.Join(", ", dialect.Text(table.Name), dialect.Text(batch), dialect.Value(marks.Columns[2], CellText.Of(DateTimeOffset.UtcNow)!)) + dialect.Row.After, cancel);
        return true;
    }

    private async Task InsertAsync(TableShape table, string batch, IAsyncEnumerable<string?[]> rows, CancellationToken cancel)
    {
        await using var chunks = RowTexts.ChunksAsync(dialect, table, rows, cancel).GetAsyncEnumerator(cancel);
        if (!await chunks.MoveNextAsync()) return;
        var first = chunks.Current;
        if (!await chunks.MoveNextAsync())
        {
            await RunAsync(WriteSteps.Append, dialect.Insert(table.Name, table.Columns) + first, cancel);
            return;
        }
        // A name that no other try has: another's rows must not get in between.
        var stage = $"_assay_stage_{DateTime.UtcNow:yyyyMMdd}_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        foreach (var statement in dialect.CreateStage(stage, table.Columns)) await RunAsync(WriteSteps.Append, statement, cancel);
        try
        {
            var head = dialect.Insert(stage, table.Columns);
            await RunAsync(WriteSteps.Append, head + first, cancel);
            do await RunAsync(WriteSteps.Append, head + chunks.Current, cancel);
            while (await chunks.MoveNextAsync());
            var columns = dialect.Listed(table.Columns);
            await RunAsync(WriteSteps.Append, $"INSERT INTO {dialect.Table(table.Name)} ({columns}) SELECT {columns} FROM {dialect.Table(stage)} "
                + $"WHERE NOT EXISTS (SELECT 1 FROM {dialect.Table(table.Name)} t WHERE t.{dialect.Quote(BatchColumn)} = {dialect.Text(batch)})", cancel);
        }
        finally
        {
            await LeaveAsync(stage);
        }
    }

    /// <summary>Not cancelled with the write: what it left behind has to go all the same.</summary>
    private async Task LeaveAsync(string stage)
    {
        try
        {
            await RunAsync(WriteSteps.Append, $"DROP TABLE {dialect.Table(stage)}", CancellationToken.None);
        }
        catch (SourceException)
        {
            // Its name says that it is nobody's, and since when.
        }
    }

    private async Task PrepareMarksAsync(CancellationToken cancel)
    {
        if (prepared) return;
        await maker.PrepareAsync(marks, cancel);
        prepared = true;
    }

    private async Task<bool> IsMarkedAsync(string table, string batch, CancellationToken cancel) => (await line.QueryAsync(WriteSteps.Append,
        $"SELECT 1 FROM {dialect.Table(marks.Name)} WHERE {dialect.Quote("table_name")} = {dialect.Text(table)} AND {dialect.Quote("batch")} = {dialect.Text(batch)}", cancel)).Count > 0;

    private async Task<bool> HasAsync(string table, string batch, CancellationToken cancel) => (await line.QueryAsync(WriteSteps.Append,
        $"SELECT 1 FROM {dialect.Table(table)} WHERE {dialect.Quote(BatchColumn)} = {dialect.Text(batch)} LIMIT 1", cancel)).Count > 0;

    private Task RunAsync(string step, string sql, CancellationToken cancel) => line.ExecuteAsync(step, sql, cancel);

    private static TableShape WithBatch(TableShape table) => table with { Columns = [.. table.Columns, batchColumn] };
}
