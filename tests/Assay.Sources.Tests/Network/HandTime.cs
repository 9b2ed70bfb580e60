namespace Assay.Sources.Tests.Network;

/// <summary>Time that passes only when told to; for one timer at a time.</summary>
internal sealed class HandTime : TimeProvider
{
    private readonly List<HandTimer> timers = [];
    private TimeSpan now;

    public void Advance(TimeSpan by)
    {
        now += by;
        foreach (var timer in timers.ToArray())
            timer.FireIfDue(now);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(callback, state, now + dueTime, this);
        timers.Add(timer);
        return timer;
    }

    private sealed class HandTimer(TimerCallback callback, object? state, TimeSpan due, HandTime owner) : ITimer
    {
        public void FireIfDue(TimeSpan now)
        {
            if (now >= due && owner.timers.Remove(this))
                callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            due = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : owner.now + dueTime;
            return true;
        }

        public void Dispose() => owner.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
