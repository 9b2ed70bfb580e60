using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Assay.Server.Store.Bulk;

/// <summary>Pours rows into a table: by COPY on PostgreSQL, by one prepared insert in one transaction on SQLite.</summary>
internal static class BulkWriter
{
    /// <param name="rows">Values in the order of the table's columns: long, string, bool, double or null.</param>
    public static Task PourAsync(this DbConnection connection, BulkTable table, IReadOnlyCollection<object?[]> rows, CancellationToken cancel) => rows.Count == 0
        ? Task.CompletedTask
        : connection switch
        {
            NpgsqlConnection postgres => CopyAsync(postgres, table, rows, cancel),
            SqliteConnection sqlite => Task.Run(() =>
            {
                // Deferred: it touches nothing but temporary tables, so it must not take the file's write lock.
                using var transaction = sqlite.BeginTransaction(deferred: true);
                Insert(transaction, table, rows, cancel);
                transaction.Commit();
            }, cancel),
            _ => throw new NotSupportedException(connection.GetType().Name),
        };

    /// <summary>The same within a transaction, for the store's own tables; the rows are made as they are written.</summary>
    public static Task PourAsync(this DbTransaction transaction, BulkTable table, IEnumerable<object?[]> rows, CancellationToken cancel) => transaction switch
    {
        NpgsqlTransaction postgres => CopyAsync(postgres.Connection!, table, rows, cancel),
        SqliteTransaction sqlite => Task.Run(() => Insert(sqlite, table, rows, cancel), cancel),
        _ => throw new NotSupportedException(transaction.GetType().Name),
    };

    private static async Task CopyAsync(NpgsqlConnection connection, BulkTable table, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancel);
            foreach (var value in row)
                await (value switch
                {
                    null => writer.WriteNullAsync(cancel),
                    long number => writer.WriteAsync(number, NpgsqlDbType.Bigint, cancel),
                    double real => writer.WriteAsync(real, NpgsqlDbType.Double, cancel),
                    bool flag => writer.WriteAsync(flag, NpgsqlDbType.Boolean, cancel),
                    _ => writer.WriteAsync((string)value, NpgsqlDbType.Text, cancel),
                });
        }
        await writer.CompleteAsync(cancel);
    }

    private static void Insert(SqliteTransaction transaction, BulkTable table, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
        var parameters = table.Columns.Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" })).ToArray();
        command.Prepare();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) parameters[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
            cancel.ThrowIfCancellationRequested();
        }
    }
}
