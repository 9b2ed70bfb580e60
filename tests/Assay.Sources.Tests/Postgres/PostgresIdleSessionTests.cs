using Assay.Engine.Secrets;
using Assay.Sources.Tests.Reading;
using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Postgres;

/// <summary>Who is served by the session of a read that is over, and who is not.</summary>
public sealed class PostgresIdleSessionTests(EngineFixture fixture)
{
    private const string Table = "CREATE TABLE t AS SELECT 7 AS a;";

    [Fact]
    public async Task OpenAsync_ReadsOneAfterTheOther_ShareASession_WhichEndsByItself()
    {
        await using var source = await ReadableServer.CreateAsync(Table, timePasses: true);
        var table = await source.Target().ContainerAsync("t");
        var before = source.SignIns;

        (await source.ReadAsync(fixture.Engine, table)).ShouldBe("7");
        (await source.ReadAsync(fixture.Engine, table)).ShouldBe("7");

        source.SignIns.ShouldBe(before + 1);
        await source.ShouldHaveSessionsAsync(0);
    }

    [Fact]
    public async Task OpenAsync_SessionThatTheServerEnded_CostsNothing()
    {
        await using var source = await WaitingAsync();

        await source.Server.RunSqlAsync("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{source.Role.Name}'");
        await source.ShouldHaveSessionsAsync(0);

        (await source.ReadAsync(fixture.Engine, await source.Target().ContainerAsync("t"))).ShouldBe("7");
        await source.ShouldHaveSessionsAsync(1);
    }

    [Fact]
    public async Task OpenAsync_WrongPassword_IsRefusedThoughASessionWaits()
    {
        await using var source = await WaitingAsync();
        var table = await source.Target().ContainerAsync("t");

        var error = await Should.ThrowAsync<SourceException>(() =>
            source.ReadAsync(fixture.Engine, table, source.Target(source.Server.Connection(source.Role) with { Password = new Secret("wrong") })));

        error.Fault.Code.ShouldBe(SourceFaultCode.SignInFailed);
        await source.ShouldHaveSessionsAsync(1);
    }

    [Fact]
    public async Task OpenAsync_OtherDatabaseUserOrParameters_SignIn()
    {
        await using var source = await WaitingAsync();
        var table = await source.Target().ContainerAsync("t");
        var other = await source.Server.CreateDatabaseAsync();
        await source.Server.RunSqlAsync(other, "CREATE TABLE t AS SELECT 8 AS a");
        var colleague = await source.Server.CreateReaderAsync();

        (await source.ReadAsync(fixture.Engine, table, source.Target(other: other))).ShouldBe("8");
        (await source.ReadAsync(fixture.Engine, table, source.Target(source.Server.Connection(colleague)))).ShouldBe("7");
        (await source.ReadAsync(fixture.Engine, table, source.Target(source.Server.Connection(source.Role, ("application_name", "other"))))).ShouldBe("7");

        await source.ShouldHaveSessionsAsync(3);
        (await source.Server.SessionsOfAsync(colleague)).ShouldBe(1);
    }

    [Fact]
    public async Task OpenAsync_HostThatIsNoLongerAllowed_IsRefusedThoughASessionWaits()
    {
        var own = await PostgresServer.SharedAsync();
        await using var source = await WaitingAsync();
        var table = await source.Target().ContainerAsync("t");

        source.Own.Register("metadata store", own.Host, own.Port);

        (await Should.ThrowAsync<SourceException>(() => source.ReadAsync(fixture.Engine, table))).Fault.Code.ShouldBe(SourceFaultCode.HostNotAllowed);
    }

    [Fact]
    public async Task OpenAsync_FunctionsOfAView_LeaveNothingToTheNextRead()
    {
        await using var source = await ReadableServer.CreateAsync("""
            CREATE FUNCTION spoil() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('work_mem', '77MB', false); PERFORM pg_advisory_lock_shared(7777); RETURN 1; END $$;
            CREATE VIEW spoiling AS SELECT spoil() AS a; CREATE VIEW shown AS SELECT current_setting('work_mem') AS a;
            """);
        var (spoiling, shown) = (await source.Target().ContainerAsync("spoiling"), await source.Target().ContainerAsync("shown"));

        (await source.ReadAsync(fixture.Engine, spoiling)).ShouldBe("1");

        (await source.SessionsAsync()).ShouldBe(1);
        (await source.Server.ScalarAsync<long>("postgres", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7777")).ShouldBe(0);
        (await source.ReadAsync(fixture.Engine, shown)).ShouldNotBe("77MB");
    }

    /// <summary>A source with one session that waits.</summary>
    private async Task<ReadableServer> WaitingAsync()
    {
        var source = await ReadableServer.CreateAsync(Table);
        (await source.ReadAsync(fixture.Engine, await source.Target().ContainerAsync("t"))).ShouldBe("7");
        await source.ShouldHaveSessionsAsync(1);
        return source;
    }
}
