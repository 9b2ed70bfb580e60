using System.Diagnostics;
using Assay.Samples.Postgres;
using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Postgres;

/// <summary>What a listing does to its server, and what it does when it is disturbed.</summary>
public sealed class PostgresListingConductTests
{
    private const string TenTables = "DO $$ BEGIN FOR i IN 1..10 LOOP EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, name text UNIQUE)', i); END LOOP; END $$;";
    private const string ThousandTables = "DO $$ BEGIN FOR i IN 1..1000 LOOP EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, name text UNIQUE, a int, b date)', i); END LOOP; END $$;";

    [Fact]
    public async Task ListContainersAsync_TenOrAThousandTables_TakesTheSameStatements()
    {
        var server = await PostgresServer.SharedAsync();
        await server.CountStatementsAsync();

        var few = await StatementsForAsync(server, TenTables, 10);
        var many = await StatementsForAsync(server, ThousandTables, 1000);

        many.Count.ShouldBe(7);
        many.ShouldBe(few);
    }

    [Fact]
    public async Task ListContainersAsync_OfNames_ListsNoOther()
    {
        var (_, target, _) = await ListableAsync(TenTables + """CREATE TABLE "it's {{ a }} ☃" (a int, b int); CREATE VIEW v AS SELECT 1 AS a;""");

        var found = await target.ListAsync(new ListOptions { Names = new HashSet<string> { "t3", "it's {{ a }} ☃", "v", "no such", new('x', 100), "nul\0" } });

        found.Select(c => (c.Name, c.Fields.Count)).ShouldBe([("it's {{ a }} ☃", 2), ("t3", 2), ("v", 1)]);
        (await target.ListAsync(new ListOptions { Names = new HashSet<string>() })).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListContainersAsync_Complete_LeavesNoSessionBehind()
    {
        var (server, target, reader) = await ListableAsync(TenTables);

        await target.ListAsync();

        await server.ShouldHaveNoSessionAsync(reader);
        server.SignInsOf(reader).ShouldBe(1);
    }

    [Fact]
    public async Task ListContainersAsync_LeftEarly_EndsTheStatementAndTheSession()
    {
        var (server, target, reader) = await ListableAsync(ThousandTables);
        var watch = Stopwatch.StartNew();

        await foreach (var _ in PostgresSources.Connector.ListContainersAsync(target, new ListOptions(), default))
            break;

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await server.ShouldHaveNoSessionAsync(reader);
    }

    [Fact]
    public async Task ListContainersAsync_Cancelled_StopsTheStatementAtTheServer()
    {
        // A lock on a catalogue holds the listing up as long as the test likes.
        var (server, target, reader) = await ListableAsync(TenTables);
        await using var blocker = await server.LockAsync(target.Scope.Database!, "pg_catalog.pg_description");
        using var cancel = new CancellationTokenSource();
        var listing = Task.Run(async () =>
        {
            await foreach (var _ in PostgresSources.Connector.ListContainersAsync(target, new ListOptions(), cancel.Token))
            {
            }
        });
        await server.ShouldHaveASessionInAsync(reader, "active");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => listing);
        await server.ShouldHaveNoSessionAsync(reader);
    }

    [Fact]
    public async Task ListContainersAsync_StatementThatTakesTooLong_IsEndedByTheServer()
    {
        var (server, target, reader) = await ListableAsync(TenTables, ("statement_timeout", 1));
        await using var blocker = await server.LockAsync(target.Scope.Database!, "pg_catalog.pg_description");
        var watch = Stopwatch.StartNew();

        var error = await Should.ThrowAsync<SourceException>(() => target.ListAsync());

        watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3));
        error.Fault.Code.ShouldBe(SourceFaultCode.TimedOut);
        error.Fault.Message.ShouldNotContain("statement timeout", Case.Insensitive);
        await server.ShouldHaveNoSessionAsync(reader);
    }

    [Fact]
    public async Task ListContainersAsync_ServerStoppedInTheMiddle_ThrowsInsteadOfEnding()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        // Long comments make the listing longer than what the two ends of the line can hold.
        await server.RunSqlAsync(database, "DO $$ BEGIN FOR i IN 1..100 LOOP EXECUTE format('CREATE TABLE t%s (); COMMENT ON TABLE t%s IS %L', i, i, repeat('x', 200000)); END LOOP; END $$;");
        var target = server.Connection(await server.CreateReaderAsync()).Target(database);

        foreach (var mode in new[] { StopMode.Fast, StopMode.Immediate })
        {
            var seen = 0;
            var error = await Should.ThrowAsync<SourceException>(async () =>
            {
                await foreach (var _ in PostgresSources.Connector.ListContainersAsync(target, new ListOptions(), default))
                    if (++seen == 1)
                        await server.StopAsync(mode);
            });

            error.Fault.Code.ShouldBe(SourceFaultCode.ConnectionLost);
            seen.ShouldBeLessThan(100);
            await server.StartAsync();
        }
    }

    [Fact]
    public async Task ListContainersAsync_TableDroppedAndMadeMeanwhile_SeesTheStateOfTheStart()
    {
        var (server, target, _) = await ListableAsync(ThousandTables);
        var names = new List<string>();

        await foreach (var container in PostgresSources.Connector.ListContainersAsync(target, new ListOptions(), default))
        {
            names.Add(container.Name);
            if (names.Count == 1)
                await server.RunSqlAsync(target.Scope.Database!, "DROP TABLE t999; CREATE TABLE t9999 (a int)");
        }

        names.Count.ShouldBe(1000);
        names.ShouldContain("t999");
        names.ShouldNotContain("t9999");
    }

    private static async Task<IReadOnlyList<string>> StatementsForAsync(PostgresServer server, string sql, int tables)
    {
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, sql);
        var reader = await server.CreateReaderAsync();
        (await server.Connection(reader).Target(database).ListAsync()).Count.ShouldBe(tables);
        return await server.StatementsOfAsync(reader);
    }

    private static async Task<(PostgresServer, SourceTarget, PostgresRole)> ListableAsync(string sql, params (string, object)[] parameters)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, sql);
        var reader = await server.CreateReaderAsync();
        return (server, server.Connection(reader, parameters).Target(database), reader);
    }
}
