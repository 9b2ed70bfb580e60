namespace Assay.Sources.Sql;

/// <summary>Interrupts a statement at its time limit.</summary>
internal sealed class SqlTimeLimit : IAsyncDisposable
{
    private readonly Timer? timer;
    private volatile bool reached;

    /// <param name="limit">Null where somebody else keeps the time.</param>
    public SqlTimeLimit(TimeSpan? limit, Action interrupt)
    {
        if (limit is { } span)
            timer = new Timer(_ =>
            {
                reached = true;
                interrupt();
            }, null, span, Timeout.InfiniteTimeSpan);
    }

    public bool Reached => reached;

    public ValueTask DisposeAsync() => timer?.DisposeAsync() ?? ValueTask.CompletedTask;
}
