using Assay.Engine.Staging;

namespace Assay.Engine.Tests;

public sealed class StagingTests
{
    [Theory]
    [InlineData("Memory")]
    [InlineData("MergeTree ORDER BY tuple()")]
    public async Task Engine_DroppedTable_FreesMemoryAndDisk(string kind)
    {
        await using var session = new EngineSession();
        await session.Engine.ExecuteAsync($"CREATE TABLE gone (n UInt64) ENGINE = {kind}");
        await session.Engine.ExecuteAsync("INSERT INTO gone SELECT rand64() FROM numbers(8000000)");

        await session.Engine.ExecuteAsync("DROP TABLE gone");

        await Eventually.HoldsAsync(async () => await session.Engine.ScalarAsync<long>(
            "SELECT toInt64(count()) FROM system.dropped_tables") == 0 && Bytes(session.Temp) < 16 << 20);
    }

    [Fact]
    public async Task Rows_AreInMemoryWhereTheyFit_AndOnDiskWhereFarMoreCome()
    {
        await using var session = new EngineSession();

        await using var small = await FillAsync(session.Engine, 1_000, 8_000);
        await using var unknown = await FillAsync(session.Engine, 1_000, null);
        await using var wrong = await FillAsync(session.Engine, 90_000_000, 8);

        (small.InMemory, small.Rows).ShouldBe((true, 1_000));
        (unknown.InMemory, unknown.Rows).ShouldBe((false, 1_000));
        (wrong.InMemory, wrong.Rows).ShouldBe((false, 90_000_000));
    }

    [Fact]
    public void Memory_IsGivenOnce_AndComesBack()
    {
        var memory = new StagingMemory(100);

        var first = memory.TryTake(60);
        first.ShouldNotBeNull();
        memory.TryTake(60).ShouldBeNull();
        first.Dispose();
        first.Dispose();

        memory.TryTake(100).ShouldNotBeNull();
        memory.TryTake(1).ShouldBeNull();
    }

    private static Task<StagingTable> FillAsync(IEngine engine, long rows, long? bytes) => StagingTable.FillAsync(engine, "test", [new("n", "UInt64")], bytes,
        (name, tune) => engine.ExecuteAsync(tune($"INSERT INTO {name} SELECT number FROM numbers({rows})")), TestContext.Current.CancellationToken);

    private static long Bytes(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
}
