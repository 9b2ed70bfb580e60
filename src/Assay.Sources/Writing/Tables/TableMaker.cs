using Assay.Sources.Contract;

namespace Assay.Sources.Writing.Tables;

/// <summary>Makes tables, adds columns, drops tables. Of two that make the same at once, the second finds it made.</summary>
internal sealed class TableMaker(ITableLine line, TableDialect dialect)
{
    public async Task PrepareAsync(TableShape table, CancellationToken cancel)
    {
        var missing = await MissingAsync(table, cancel);
        foreach (var statement in missing.Count == table.Columns.Count && !await IsThereAsync(table.Name, cancel) ? dialect.Create(table.Name, table.Columns) : dialect.Add(table.Name, missing))
        {
            try
            {
                await line.ExecuteAsync(WriteSteps.Prepare, statement, cancel);
            }
            catch (SourceException)
            {
                // Somebody else may have made it a moment ago: then there is less left to do, or nothing.
                var left = await MissingAsync(table, cancel);
                if (left.Count == 0) return;
                if (left.Count == missing.Count) throw;
                await PrepareAsync(table, cancel);
                return;
            }
        }
    }

    /// <returns>False where there was none.</returns>
    public async Task<bool> DropAsync(string table, CancellationToken cancel)
    {
        if (!await IsThereAsync(table, cancel)) return false;
        await line.ExecuteAsync(WriteSteps.Drop, $"DROP TABLE {dialect.Table(table)}", cancel);
        return true;
    }

    public async Task<bool> IsThereAsync(string table, CancellationToken cancel) => (await line.QueryAsync(WriteSteps.Prepare, dialect.ColumnsOf(table), cancel)).Count > 0;

    private async Task<List<TableColumn>> MissingAsync(TableShape table, CancellationToken cancel)
    {
        var there = (await line.QueryAsync(WriteSteps.Prepare, dialect.ColumnsOf(table.Name), cancel)).Select(row => row[0]).ToHashSet(dialect.Names);
        return [.. table.Columns.Where(column => !there.Contains(column.Name))];
    }
}
