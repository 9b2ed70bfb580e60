namespace Assay.Engine.Supervision;

/// <summary>Counts who uses the engine, and remembers since when nobody does.</summary>
internal sealed class Usage(TimeProvider time)
{
    private int _users;
    private DateTimeOffset _lastUse = time.GetUtcNow();

    /// <returns>Ends the use; to be called once.</returns>
    internal Action Begin()
    {
        lock (this)
            _users++;
        return End;
    }

    internal bool IsIdleFor(TimeSpan span)
    {
        lock (this)
            return _users == 0 && span != Timeout.InfiniteTimeSpan && time.GetUtcNow() - _lastUse >= span;
    }

    private void End()
    {
        lock (this)
            (_users, _lastUse) = (_users - 1, time.GetUtcNow());
    }
}
