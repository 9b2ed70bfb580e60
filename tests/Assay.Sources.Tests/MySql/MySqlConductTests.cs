using Assay.Sources.Tests.Reading;
using Assay.Testing.MariaDb;

namespace Assay.Sources.Tests.MySql;

/// <summary>What a listing or a read does when it is disturbed.</summary>
public sealed class MySqlConductTests(EngineFixture fixture)
{
    // Rows that come slowly, and never end within a test.
    private const string Slow = "CREATE TABLE t (a int); CREATE VIEW slow AS SELECT seq, SLEEP(0.02) AS nap FROM seq_1_to_1000000";

    [Fact]
    public async Task OpenAsync_Cancelled_EndsTheStatementAndTheSession()
    {
        var (server, target, reader) = await MySqlSources.SourceAsync(Slow);
        var source = await target.DescribeAsync(await target.ContainerAsync("slow"));
        using var cancel = new CancellationTokenSource();
        var opening = source.OpenAsync(fixture.Engine, cancel.Token);
        await EventuallyAsync(async () => await server.SessionsOfAsync(reader) == 1);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => opening);
        await EventuallyAsync(async () => await server.SessionsOfAsync(reader) == 0);
    }

    [Fact]
    public async Task OpenAsync_StatementThatTakesTooLong_IsEndedByTheServer()
    {
        var (server, target, reader) = await MySqlSources.SourceAsync(Slow, ("statement_timeout", 1));
        var source = await target.DescribeAsync(await target.ContainerAsync("slow"));

        var error = await Should.ThrowAsync<SourceException>(() => source.OpenAsync(fixture.Engine, default));

        error.Fault.ShouldSatisfyAllConditions(f => f.Code.ShouldBe(SourceFaultCode.TimedOut), f => f.Step.ShouldBe("read rows"));
        await EventuallyAsync(async () => await server.SessionsOfAsync(reader) == 0);
    }

    [Fact]
    public async Task ListContainersAsync_RightsRevoked_FailsInsteadOfListingNothing()
    {
        var (server, target, reader) = await MySqlSources.SourceAsync("CREATE TABLE t (a int)");
        await server.RunSqlAsync(null, $"REVOKE ALL PRIVILEGES, GRANT OPTION FROM '{reader.Name}'@'%'");

        (await Should.ThrowAsync<SourceException>(() => target.ListAsync())).Fault.Code.ShouldBe(SourceFaultCode.PermissionDenied);
    }

    [Fact]
    public async Task OpenAsync_ServerStoppedInTheMiddle_SaysSo()
    {
        await using var server = await MariaDbServer.StartNewAsync(tls: false);
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, Slow);
        var reader = await server.CreateUserAsync($"SELECT, SHOW VIEW ON `{database}`.*");
        var target = server.Connection(reader).Target(database);
        (await target.TestAsync()).Steps.Single(s => s.Name == "TLS").Result.ShouldBe(TestStepResult.Warning);
        (await server.Connection(reader, ("sslmode", "require")).Target(database).TestAsync()).ShouldFailWith(SourceFaultCode.TlsFailed, "TLS");
        var reading = (await target.DescribeAsync(await target.ContainerAsync("slow"))).OpenAsync(fixture.Engine, default);
        await EventuallyAsync(async () => await server.SessionsOfAsync(reader) == 1);

        await server.KillAsync();

        (await Should.ThrowAsync<SourceException>(() => reading)).Fault.Code.ShouldBe(SourceFaultCode.ConnectionLost);
        (await Should.ThrowAsync<SourceException>(() => target.ListAsync())).Fault.Code.ShouldBe(SourceFaultCode.ConnectionRefused);
    }

    [Fact]
    public async Task ListContainersAsync_LeftEarly_LeavesNoSessionBehind()
    {
        var (server, target, reader) = await MySqlSources.SourceAsync(string.Join(';', Enumerable.Range(1, 50).Select(i => $"CREATE TABLE t{i} (a int) ENGINE = Aria TRANSACTIONAL = 0")));

        await foreach (var _ in target.Connector.ListContainersAsync(target.Target, new ListOptions(), default)) break;

        await EventuallyAsync(async () => await server.SessionsOfAsync(reader) == 0);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (await condition()) return;
            await Task.Delay(50);
        }
        throw new TimeoutException("It did not come to be.");
    }
}
