using Assay.Sources.Sql.Writing;
using Assay.Sources.Writing;
using Microsoft.Data.Sqlite;

namespace Assay.Sources.Sqlite;

/// <summary>Inserts rows by one prepared statement within the transaction under way: there is no way to a server to be saved, and values need no spelling.</summary>
internal sealed class SqliteInserter(SqlLine line, SqliteTables dialect)
{
    public async Task InsertAsync(TableShape table, IAsyncEnumerable<string?[]> rows, CancellationToken cancel)
    {
        await using var command = ((SqliteConnection)line.Session.Connection).CreateCommand();
        command.Transaction = (SqliteTransaction?)line.Session.Transaction;
        command.CommandText = $"INSERT INTO {dialect.Table(table.Name)} ({dialect.Listed(table.Columns)}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"$p{i}"))})";
        var parameters = table.Columns.Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" })).ToList();
        await foreach (var row in rows.WithCancellation(cancel))
        {
            for (var i = 0; i < row.Length; i++) parameters[i].Value = SqliteTables.Parameter(table.Columns[i], row[i]);
            await line.GuardedAsync(WriteSteps.Append, () => command.ExecuteNonQueryAsync(cancel), cancel);
        }
    }
}
