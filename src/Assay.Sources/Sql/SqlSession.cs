using System.Data.Common;
using System.Runtime.CompilerServices;
using Assay.Sources.Contract;

namespace Assay.Sources.Sql;

/// <summary>One session at a database. Disposing it ends the session: nothing is pooled, nothing stays behind.</summary>
/// <param name="connection">The open connection; closed with the session.</param>
/// <param name="product">What answers, for the connection's read-only fields.</param>
internal class SqlSession(DbConnection connection, SourceProduct product) : IAsyncDisposable
{
    /// <summary>How much longer than the source itself Assay waits for a statement before it takes the line for dead.</summary>
    private const int Grace = 2;

    public DbConnection Connection => connection;
    public SourceProduct Product => product;

    public virtual async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>False where neither the driver nor the source ends a statement that takes too long, so that it is interrupted from here.</summary>
    protected virtual bool KeepsTime => true;

    /// <summary>The transaction under way; null where each statement is one of its own.</summary>
    public DbTransaction? Transaction { get; set; }

    /// <returns>How many rows the statement touched, where the source tells.</returns>
    public async Task<int> ExecuteAsync(SqlStatement statement, TimeSpan timeout, CancellationToken cancel)
    {
        await using var command = Command(statement, timeout);
        await using var stop = StopWith(command, cancel);
        await using var limit = new SqlTimeLimit(KeepsTime ? null : timeout, () => Interrupt(command));
        return await Guarded(() => command.ExecuteNonQueryAsync(cancel), limit, cancel);
    }

    /// <summary>Runs a statement and takes what is wanted of its reader, which stands at the first row if there is one.</summary>
    public async Task<T> ReadAsync<T>(SqlStatement statement, TimeSpan timeout, Func<DbDataReader, T> take, CancellationToken cancel)
    {
        await using var command = Command(statement, timeout);
        await using var stop = StopWith(command, cancel);
        await using var limit = new SqlTimeLimit(KeepsTime ? null : timeout, () => Interrupt(command));
        await using var reader = await Guarded(() => command.ExecuteReaderAsync(cancel), limit, cancel);
        await Guarded(() => reader.ReadAsync(cancel), limit, cancel);
        return take(reader);
    }

    /// <summary>Runs a statement and gives its reader once for each row. Whoever stops early does not wait for the rest.</summary>
    public async IAsyncEnumerable<DbDataReader> RowsAsync(SqlStatement statement, TimeSpan timeout, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = Command(statement, timeout);
        await using var stop = StopWith(command, cancel);
        await using var limit = new SqlTimeLimit(KeepsTime ? null : timeout, () => Interrupt(command));
        var reader = await Guarded(() => command.ExecuteReaderAsync(cancel), limit, cancel);
        var complete = false;
        try
        {
            while (await Guarded(() => reader.ReadAsync(cancel), limit, cancel))
                yield return reader;
            complete = true;
        }
        finally
        {
            if (!complete) Interrupt(command);
            await CloseAsync(reader, complete);
        }
    }

    private static async Task<T> Guarded<T>(Func<Task<T>> action, SqlTimeLimit limit, CancellationToken cancel)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (cancel.IsCancellationRequested && e is not OperationCanceledException)
        {
            throw new OperationCanceledException(e.Message, e, cancel);
        }
        catch (Exception e) when (limit.Reached)
        {
            throw new TimeoutException("The statement was interrupted at its time limit.", e);
        }
    }

    /// <summary>Asks the source to stop a statement that is running.</summary>
    protected virtual void Interrupt(DbCommand command)
    {
        try
        {
            command.Cancel();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or NotSupportedException)
        {
            // A statement that has just ended, or a driver that cannot: closing the session ends it all the same.
        }
    }

    private DbCommand Command(SqlStatement statement, TimeSpan timeout)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Text;
        command.Transaction = Transaction;
        command.CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds) + Grace;
        foreach (var (name, value) in statement.Values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>Many drivers look at the token only between two calls; this reaches them in the middle of one.</summary>
    private CancellationTokenRegistration StopWith(DbCommand command, CancellationToken cancel) => cancel.Register(() => Interrupt(command));

    private static async Task CloseAsync(DbDataReader reader, bool complete)
    {
        try
        {
            await reader.DisposeAsync();
        }
        catch (Exception e) when (!complete && e is DbException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // The answer to the interruption, or a broken line; whoever stopped early wants neither.
        }
    }
}
