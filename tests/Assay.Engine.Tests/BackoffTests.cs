using Assay.Engine.Supervision;

namespace Assay.Engine.Tests;

public sealed class BackoffTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Pause_NoDeathYet_IsNone() => new Backoff(_time).Pause.ShouldBe(TimeSpan.Zero);

    [Fact]
    public void Pause_ShortLives_DoublesUpTo30Seconds()
    {
        var backoff = new Backoff(_time);
        var pauses = Enumerable.Range(0, 9).Select(_ =>
        {
            backoff.Born();
            _time.Advance(TimeSpan.FromSeconds(1));
            backoff.Died();
            return backoff.Pause.TotalSeconds;
        });

        pauses.ShouldBe([0.5, 1, 2, 4, 8, 16, 30, 30, 30]);
    }

    [Fact]
    public void Pause_LongLife_StartsOver()
    {
        var backoff = new Backoff(_time);
        for (var i = 0; i < 5; i++)
            backoff.FailedToStart();
        backoff.Born();
        _time.Advance(TimeSpan.FromMinutes(2));
        backoff.Died();

        backoff.Pause.ShouldBe(TimeSpan.FromSeconds(0.5));
    }

    private sealed class ManualTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public void Advance(TimeSpan span) => _now += span;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
