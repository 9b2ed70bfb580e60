namespace Assay.Engine.Tests;

public sealed class ProgressTests(SharedEngine shared)
{
    private readonly IEngine _engine = shared.Engine;

    [Fact]
    public async Task WithProgress_LongStatement_ReportsRowsMovingTowardsTheTotal()
    {
        var reports = new Collected();
        var query = new EngineQuery("SELECT count() FROM numbers(1000000000) WHERE NOT ignore(sipHash64(number))")
            .WithProgress(reports).WithTimeout(TimeSpan.FromSeconds(4));

        try
        {
            await _engine.ScalarAsync<long>(query);
        }
        catch (EngineException e) when (e.Fault == EngineFault.Timeout)
        {
            // A slow machine: the reports until then are what counts.
        }

        reports.Seen.Count.ShouldBeGreaterThanOrEqualTo(2);
        reports.Seen[^1].ReadRows.ShouldBeGreaterThan(reports.Seen[0].ReadRows);
        reports.Seen[^1].TotalRows.ShouldBe(1_000_000_000ul);
        reports.Seen[^1].Elapsed.ShouldBeGreaterThan(reports.Seen[0].Elapsed);
    }

    [Fact]
    public async Task GetProgressAsync_NotRunning_IsNull() =>
        (await _engine.GetProgressAsync("no such statement")).ShouldBeNull();

    private sealed class Collected : IProgress<EngineProgress>
    {
        public List<EngineProgress> Seen { get; } = [];

        public void Report(EngineProgress value) => Seen.Add(value);
    }
}
