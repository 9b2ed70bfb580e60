using Npgsql;

namespace Assay.Testing.Warehouses;

/// <summary>A statement that a stand-in runs in the background, as vendors do.</summary>
public sealed class RunningStatement
{
    private readonly CancellationTokenSource stop = new();

    private RunningStatement() => Id = $"{Guid.NewGuid():d}";

    public string Id { get; }
    /// <summary>Ends in all cases; the two below say how.</summary>
    public Task Ended { get; private set; } = null!;
    public StandInResult? Result { get; private set; }
    /// <summary>PostgreSQL's SQLSTATE and words; null where it went well.</summary>
    public (string State, string Message)? Error { get; private set; }

    /// <inheritdoc cref="StandInDatabase.QueryAsync" path="/param"/>
    public static RunningStatement Start(StandInDatabase database, string sql, string? schema = null)
    {
        var statement = new RunningStatement();
        statement.Ended = Task.Run(() => statement.RunAsync(database, sql, schema));
        return statement;
    }

    /// <summary>Waits for the end, but not for long.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan patience) => await Task.WhenAny(Ended, Task.Delay(patience)) == Ended;

    public Task CancelAsync() => stop.CancelAsync();

    private async Task RunAsync(StandInDatabase database, string sql, string? schema)
    {
        try
        {
            Result = await database.QueryAsync(sql, stop.Token, schema);
        }
        catch (OperationCanceledException)
        {
            Error = (PostgresErrorCodes.QueryCanceled, "canceled");
        }
        catch (PostgresException e)
        {
            Error = (e.SqlState, e.MessageText);
        }
        catch (Exception e)
        {
            // Such as a statement that was cancelled on its way in.
            Error = (stop.IsCancellationRequested ? PostgresErrorCodes.QueryCanceled : "XX000", e.Message);
        }
    }
}
