namespace Assay.Engine.Tests;

public sealed class MemoryTests
{
    [Fact]
    public async Task Engine_StatementOverTheCap_FailsAsMemoryLimitAndTheEngineLivesOn()
    {
        await using var session = new EngineSession(options => options.MemoryBytes = 512 << 20);
        await session.Engine.ScalarAsync<long>("SELECT 1");
        var process = session.Supervisor.ProcessId;

        var error = await Should.ThrowAsync<EngineException>(
            () => session.Engine.ScalarAsync<long>("SELECT length(groupArray(number)) FROM numbers(1000000000)"));

        error.Fault.ShouldBe(EngineFault.MemoryLimit);
        (await session.Engine.ScalarAsync<long>("SELECT count() FROM numbers(1000000)")).ShouldBe(1_000_000);
        session.Supervisor.ProcessId.ShouldBe(process);
    }

    [Fact]
    public async Task Engine_SortLargerThanTheCap_GoesToDisk()
    {
        await using var session = new EngineSession(options => options.MemoryBytes = 512 << 20);

        var rows = await session.Engine.ScalarAsync<long>(
            "SELECT count() FROM (SELECT repeat(toString(number), 30) AS text FROM numbers(3000000) ORDER BY cityHash64(text) LIMIT 3000000 OFFSET 1)");

        rows.ShouldBe(2_999_999);
    }
}
