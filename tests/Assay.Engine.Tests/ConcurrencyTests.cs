namespace Assay.Engine.Tests;

public sealed class ConcurrencyTests(SharedEngine shared)
{
    private readonly IEngine _engine = shared.Engine;

    [Fact]
    public async Task QueryAsync_50AtOnce_EachGetsItsOwnResult()
    {
        var sums = await Task.WhenAll(Enumerable.Range(1, 50).Select(async i =>
        {
            var sum = 0L;
            await foreach (var row in _engine.QueryAsync($"SELECT number * {i} AS n FROM numbers(20000)"))
                sum += row.Get<long>(0);
            return sum;
        }));

        sums.ShouldBe(Enumerable.Range(1, 50).Select(i => i * (19999L * 20000 / 2)));
    }

    [Fact]
    public async Task QueryAsync_MoreThanConnectionsAtOnce_WaitTheirTurn()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(i => _engine.ScalarAsync<long>($"SELECT {i} + sleep(0.05)")));

        answers.ShouldBe(Enumerable.Range(0, 150).Select(i => (long)i));
    }

    [Fact]
    public async Task QueryAsync_ErrorsAndInsertsAndResultsMixed_StayApart()
    {
        await _engine.ExecuteAsync("CREATE TABLE mixed (worker Int32, n Int64) ENGINE = MergeTree ORDER BY n");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async worker =>
        {
            for (var i = 0; i < 5; i++)
            {
                var data = string.Concat(Enumerable.Range(0, 100).Select(n => $"{worker},{n}\n"));
                await _engine.InsertAsync("INSERT INTO mixed FORMAT CSV", new MemoryStream(System.Text.Encoding.ASCII.GetBytes(data)));
                (await Should.ThrowAsync<EngineException>(() => _engine.ListAsync($"SELECT throwIf(1, 'worker {worker}')"))).Message.ShouldStartWith($"worker {worker}:");
                (await _engine.ScalarAsync<string>($"SELECT 'worker {worker}'")).ShouldBe($"worker {worker}");
            }
        }));

        (await _engine.ScalarAsync<long>("SELECT countIf(c = 500) FROM (SELECT count() AS c FROM mixed GROUP BY worker)")).ShouldBe(20);
    }

    [Fact]
    public async Task QueryAsync_IdInUse_IsRefused()
    {
        var first = new EngineQuery("SELECT sleep(2)");
        var running = _engine.ListAsync(first);
        await Eventually.HoldsAsync(async () => await _engine.GetProgressAsync(first.Id) is not null);

        var error = await Should.ThrowAsync<EngineException>(() => _engine.ListAsync(new EngineQuery("SELECT 1").WithId(first.Id)));

        error.Code.ShouldBe(216);
        await running;
    }
}
