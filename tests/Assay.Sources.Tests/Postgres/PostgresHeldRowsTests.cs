using Assay.Engine;
using Assay.Sources.Tests.Reading;

namespace Assay.Sources.Tests.Postgres;

/// <summary>Tables whose catalogue does not know how many rows they have, and reads that end in the middle.</summary>
public sealed class PostgresHeldRowsTests(EngineFixture fixture)
{
    private const string Rows = "SELECT g AS a, repeat('x', 1000) AS filler FROM generate_series";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData($"CREATE TABLE t AS {Rows}(1, 100) g", null, "100|5050|100", "Memory")]
    [InlineData($"CREATE TABLE t AS {Rows}(1, 20000) g", null, "20000|200010000|20000", "MergeTree")]
    [InlineData($"CREATE TABLE t WITH (autovacuum_enabled = off) AS {Rows}(1, 10) g; ANALYZE t; INSERT INTO t {Rows}(11, 20000) g", 10, "20000|200010000|20000", "Memory")]
    public async Task OpenAsync_WhateverTheCatalogueSays_ReadsEveryRowOnce(string sql, int? rows, string figures, string kind)
    {
        await using var source = await ReadableServer.CreateAsync(sql);
        var table = await source.Target().ContainerAsync("t");
        table.Rows.ShouldBe(rows);

        await using var read = await (await source.Target().DescribeAsync(table)).OpenAsync(fixture.Engine, Cancel);

        string.Join('|', (await fixture.Engine.ListAsync(read.Query($"SELECT count(), sum(a), uniqExact(a) FROM ({read.Sql})"), Cancel))[0].Values).ShouldBe(figures);
        var engines = await fixture.Engine.ListAsync("SELECT name, engine FROM system.tables WHERE startsWith(name, 'assay_stage_')", Cancel);
        engines.Single(e => read.Sql.Contains(e.GetText(0)!, StringComparison.Ordinal)).GetText(1).ShouldBe(kind);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20000)]
    public async Task OpenAsync_Cancelled_EndsTheStatementAtTheServer(int after)
    {
        await using var source = await StoppingAsync(after);
        var table = await source.Target().ContainerAsync("t");
        using var cancel = new CancellationTokenSource();
        var reading = source.ReadAsync(fixture.Engine, table, cancel: cancel.Token);
        await SleepingAsync(source);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading.WaitAsync(Long));
        await source.ShouldHaveSessionsAsync(0);
    }

    [Fact]
    public async Task OpenAsync_EngineKilledWhileRowsPass_IsTheEnginesFailure_AndEndsTheStatementAtTheServer()
    {
        await using var own = new OwnEngine();
        await using var source = await StoppingAsync(20000);
        var reading = source.ReadAsync(own.Engine, await source.Target().ContainerAsync("t"));
        await SleepingAsync(source);

        own.Kill();

        (await Should.ThrowAsync<EngineException>(() => reading.WaitAsync(Long))).Fault.ShouldBe(EngineFault.EngineDied);
        await source.ShouldHaveSessionsAsync(0);
    }

    /// <summary>A view that gives so many rows, and then stops for longer than a test may take.</summary>
    private static Task<ReadableServer> StoppingAsync(int after) => ReadableServer.CreateAsync(
        $"CREATE VIEW t AS SELECT g AS a, repeat('x', 1000) AS filler, CASE WHEN g > {after} THEN pg_sleep(600)::text END AS b FROM generate_series(1, 30000) g");

    private static async Task SleepingAsync(ReadableServer source)
    {
        var sql = $"SELECT count(*) FROM pg_stat_activity WHERE usename = '{source.Role.Name}' AND wait_event = 'PgSleep'";
        for (var i = 0; i < 200 && await source.Server.ScalarAsync<long>("postgres", sql, Cancel) == 0; i++) await Task.Delay(50, Cancel);
        (await source.Server.ScalarAsync<long>("postgres", sql, Cancel)).ShouldBe(1);
    }
}
