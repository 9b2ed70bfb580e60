namespace Assay.Engine.Supervision;

/// <summary>How long to wait before the next start: nothing after a long life, ever longer after short ones.</summary>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>A process that lived this long was not what is wrong.</summary>
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(1);

    private int _deaths;
    private DateTimeOffset _bornAt;

    /// <summary>The pause before the start that is due.</summary>
    internal TimeSpan Pause => _deaths == 0
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(_deaths - 1, 20)));

    internal void Born() => _bornAt = time.GetUtcNow();

    internal void Died() => _deaths = time.GetUtcNow() - _bornAt >= LongLife ? 1 : _deaths + 1;

    internal void FailedToStart() => _deaths++;
}
