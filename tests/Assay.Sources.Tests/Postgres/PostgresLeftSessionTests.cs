using Assay.Sources.Tests.Reading;

namespace Assay.Sources.Tests.Postgres;

/// <summary>Which reads leave their session, how many, and how long.</summary>
public sealed class PostgresLeftSessionTests(EngineFixture fixture)
{
    private const string Tables = "CREATE TABLE t AS SELECT 7 AS a; CREATE VIEW broken AS SELECT 1 / (g - 900) AS a FROM generate_series(1, 1000) g;";

    [Fact]
    public async Task OpenAsync_ReadThatFailed_LeavesNone()
    {
        await using var source = await ReadableServer.CreateAsync(Tables);
        var broken = await source.Target().ContainerAsync("broken");

        await Should.ThrowAsync<SourceException>(() => source.ReadAsync(fixture.Engine, broken));

        await source.ShouldHaveSessionsAsync(0);
    }

    [Fact]
    public async Task OpenAsync_ReadThatWasCancelled_LeavesNone()
    {
        await using var source = await ReadableServer.CreateAsync(Tables);
        var table = await source.Target().ContainerAsync("t");
        using var cancel = new CancellationTokenSource();
        await using (await source.Server.LockAsync(source.Database, "t"))
        {
            var reading = source.ReadAsync(fixture.Engine, table, cancel: cancel.Token);
            await source.Server.ShouldHaveASessionInAsync(source.Role, "active");

            await cancel.CancelAsync();

            await Should.ThrowAsync<OperationCanceledException>(() => reading);
        }
        await source.ShouldHaveSessionsAsync(0);
    }

    [Fact]
    public async Task OpenAsync_UsersOwnQuery_LeavesNone()
    {
        await using var source = await ReadableServer.CreateAsync(Tables);
        var table = await source.Target().ContainerAsync("t");

        await using (await (await source.Target().DescribeAsync(table, read => read with { Query = "SELECT a FROM t" })).OpenAsync(fixture.Engine, TestContext.Current.CancellationToken))
        {
        }

        await source.ShouldHaveSessionsAsync(0);
    }

    [Fact]
    public async Task OpenAsync_ManyReadsAtOnce_LeaveFour_WhichEndWithTheConnector()
    {
        var source = await ReadableServer.CreateAsync(Tables);
        var table = await source.Target().ContainerAsync("t");
        Task<string>[] reads;
        await using (await source.Server.LockAsync(source.Database, "t"))
        {
            reads = [.. Enumerable.Range(0, 6).Select(_ => source.ReadAsync(fixture.Engine, table))];
            await source.ShouldHaveSessionsAsync(6);
        }

        (await Task.WhenAll(reads)).ShouldAllBe(r => r == "7");

        await source.ShouldHaveSessionsAsync(4);
        await source.DisposeAsync();
        await source.ShouldHaveSessionsAsync(0);
    }

    [Fact]
    public async Task OpenAsync_ReadThatEndsAfterTheConnector_LeavesNone()
    {
        var source = await ReadableServer.CreateAsync(Tables);
        var table = await source.Target().ContainerAsync("t");
        Task<string> reading;
        await using (await source.Server.LockAsync(source.Database, "t"))
        {
            reading = source.ReadAsync(fixture.Engine, table);
            await source.Server.ShouldHaveASessionInAsync(source.Role, "active");
            await source.DisposeAsync();
        }

        (await reading).ShouldBe("7");

        await source.ShouldHaveSessionsAsync(0);
    }

    [Fact]
    public async Task OpenAsync_RoleWithOneSession_IsNotKeptOutByOneThatWaits()
    {
        await using var source = await ReadableServer.CreateAsync(Tables, timePasses: true);
        var table = await source.Target().ContainerAsync("t");
        var other = await source.Server.CreateDatabaseAsync();
        await source.Server.RunSqlAsync(other, "CREATE TABLE t AS SELECT 8 AS a");
        await source.ShouldHaveSessionsAsync(0);
        await source.Server.RunSqlAsync("postgres", $"ALTER ROLE {source.Role.Name} CONNECTION LIMIT 1");

        (await source.ReadAsync(fixture.Engine, table)).ShouldBe("7");
        (await source.ReadAsync(fixture.Engine, table, source.Target(other: other))).ShouldBe("8");
        (await source.Target().ListAsync()).ShouldNotBeEmpty();
    }
}
