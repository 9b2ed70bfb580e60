using System.Net;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>One session at a server. Disposing it ends the session: nothing stays behind.</summary>
/// <param name="address">Where it leads to.</param>
internal sealed class PostgresSession(NpgsqlDataSource source, NpgsqlConnection connection, IPAddress address) : IAsyncDisposable
{
    public IPAddress Address => address;
    public NpgsqlConnection Connection => connection;
    public string Version => connection.ServerVersion;

    /// <summary>Whether the database takes texts for bytes of any kind, and would refuse to print those that are not UTF-8.</summary>
    public bool KnowsNoEncoding => connection.PostgresParameters.TryGetValue("server_encoding", out var encoding) && encoding == "SQL_ASCII";

    /// <summary>
    /// Begins a transaction that sees one state of the database and can change nothing, with a time limit for each statement that the
    /// server keeps even if Assay is gone.
    /// </summary>
    public Task BeginReadingAsync(TimeSpan statementTimeout, CancellationToken cancel) => BeginReadingAsync(statementTimeout, statementTimeout, cancel);

    /// <inheritdoc cref="BeginReadingAsync(TimeSpan, CancellationToken)"/>
    /// <param name="patience">How long the transaction may take to begin.</param>
    public async Task BeginReadingAsync(TimeSpan statementTimeout, TimeSpan patience, CancellationToken cancel)
    {
        // Compiling a catalogue statement takes longer than running it, so the server is told not to.
        await using var command = Command(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
            + $"SET LOCAL statement_timeout = {(int)statementTimeout.TotalMilliseconds}; SET LOCAL jit = off", patience);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task ExecuteAsync(string sql, TimeSpan timeout, CancellationToken cancel)
    {
        await using var command = Command(sql, timeout);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <param name="timeout">What the server was told; the client waits a little longer before it takes the line for dead.</param>
    public NpgsqlCommand Command(string sql, TimeSpan timeout, params IEnumerable<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds) + 2 };
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await source.DisposeAsync();
    }
}
