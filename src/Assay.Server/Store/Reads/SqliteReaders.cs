using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Store.Reads;

/// <summary>
/// Connections to the SQLite file that stay open and keep their statements prepared. SQLite reads in the caller's thread, so
/// more of them than cores would only wait for each other.
/// </summary>
internal sealed class SqliteReaders : IDisposable
{
    private readonly string connectionString;
    private readonly ConcurrentStack<Reader> idle = new();
    private readonly SemaphoreSlim free = new(Math.Max(4, Environment.ProcessorCount * 2));

    public SqliteReaders(string connectionString) =>
        this.connectionString = new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    public async ValueTask<T> ReadAsync<T>(string sql, SqlArguments arguments, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        await free.WaitAsync(cancel);
        Reader? reader = null;
        try
        {
            if (!idle.TryPop(out reader)) reader = new Reader(connectionString);
            var result = reader.Read(sql, arguments, read);
            idle.Push(reader);
            reader = null;
            return result;
        }
        finally
        {
            reader?.Dispose(); // a statement that failed takes its connection with it
            free.Release();
        }
    }

    public void Dispose()
    {
        while (idle.TryPop(out var reader)) reader.Dispose();
    }

    private sealed class Reader : IDisposable
    {
        // Lists build a statement per combination of filters; the few that matter stay, the rest may be prepared again.
        private const int MostPrepared = 200;
        private readonly SqliteConnection connection;
        private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

        public Reader(string connectionString)
        {
            connection = new SqliteConnection(connectionString);
            connection.Open();
            SqlitePragmas.Apply(connection);
        }

        public T Read<T>(string sql, SqlArguments arguments, Func<DbDataReader, T> read)
        {
            if (prepared.TryGetValue(sql, out var command)) arguments.Refresh(command);
            else
            {
                if (prepared.Count >= MostPrepared) Forget();
                command = connection.CreateCommand();
                command.CommandText = sql;
                arguments.AddTo(command);
                prepared.Add(sql, command);
            }
            using var rows = command.ExecuteReader();
            return read(rows);
        }

        public void Dispose()
        {
            Forget();
            connection.Dispose();
        }

        private void Forget()
        {
            foreach (var command in prepared.Values) command.Dispose();
            prepared.Clear();
        }
    }
}
