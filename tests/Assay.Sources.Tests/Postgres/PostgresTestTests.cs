using System.Diagnostics;
using Assay.Testing.Network;
using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Postgres;

public sealed class PostgresTestTests
{
    private static readonly string[] readingSteps =
        ["check settings", "resolve host", "connect", "TLS", "sign in", "see catalog", "see schema", "list tables", "read one"];

    [Fact]
    public async Task TestAsync_HealthyServer_PassesEveryStepWithinThreeSeconds()
    {
        var (server, database, reader) = await DatabaseAsync("CREATE TABLE t (a int); INSERT INTO t VALUES (1); CREATE VIEW v AS SELECT 1 AS one");
        var watch = Stopwatch.StartNew();

        var report = await server.Connection(reader).Target(database).TestAsync();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        report.Fault.ShouldBeNull();
        report.Connected.ShouldBeTrue();
        report.Steps.Select(s => s.Name).ShouldBe(readingSteps);
        report.Steps.ShouldAllBe(s => s.Result == TestStepResult.Passed && s.Detail != null);
        report.Step("list tables").Detail.ShouldBe("2 tables and views");
        report.Step("read one").Detail.ShouldBe("t");
        report.Product.ShouldNotBeNull().Name.ShouldBe("PostgreSQL");
        report.Product.Version.ShouldMatch(@"^\d+\.\d+");
        server.SignInsOf(reader).ShouldBe(1);
        await server.ShouldHaveNoSessionAsync(reader);
    }

    [Fact]
    public async Task TestAsync_WrongPassword_FailsAtSignInAndShowsNeitherPasswordNorDriverText()
    {
        var (server, database, reader) = await DatabaseAsync("CREATE TABLE t (a int)");

        var report = await server.Connection(reader with { Password = "hunter2-wrong" }).Target(database).TestAsync();

        var fault = report.ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        report.Step("TLS").Result.ShouldBe(TestStepResult.Passed);
        report.Steps.Where(s => s.Name is "see catalog" or "see schema" or "list tables" or "read one").ShouldAllBe(s => s.Result == TestStepResult.Skipped);
        var shown = System.Text.Json.JsonSerializer.Serialize(report);
        shown.ShouldNotContain("hunter2");
        shown.ShouldNotContain("password authentication failed");
        fault.Message.ShouldContain(reader.Name);
    }

    [Theory]
    [InlineData("no such database", "public", SourceFaultCode.CatalogNotFound, "see catalog")]
    [InlineData("", "No Such Schema", SourceFaultCode.SchemaNotFound, "see schema")]
    [InlineData("", "PUBLIC", SourceFaultCode.SchemaNotFound, "see schema")]
    public async Task TestAsync_WrongName_FailsAtItsStep(string database, string schema, SourceFaultCode code, string step)
    {
        var (server, real, reader) = await DatabaseAsync("CREATE TABLE t (a int)");

        var report = await server.Connection(reader).Target(database.Length == 0 ? real : database, schema).TestAsync();

        report.ShouldFailWith(code, step).Message.ShouldContain(database.Length == 0 ? schema : database);
        report.Step("sign in").Result.ShouldBe(TestStepResult.Passed);
    }

    [Theory]
    [InlineData("REVOKE CONNECT ON DATABASE \"{0}\" FROM PUBLIC", "see catalog", "GRANT CONNECT")]
    [InlineData("CREATE SCHEMA hidden; CREATE TABLE hidden.t (a int)", "see schema", "GRANT USAGE")]
    [InlineData("CREATE SCHEMA hidden; CREATE TABLE hidden.t (a int); GRANT USAGE ON SCHEMA hidden TO PUBLIC", "read one", "GRANT SELECT")]
    public async Task TestAsync_RightMissing_SaysWhichGrantIsNeeded(string sql, string step, string grant)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, "CREATE TABLE t (a int);" + string.Format(sql, database));
        var role = await server.CreateRoleAsync();

        var report = await server.Connection(role).Target(database, "hidden").TestAsync();

        report.ShouldFailWith(SourceFaultCode.PermissionDenied, step).Message.ShouldContain(grant);
    }

    [Fact]
    public async Task TestAsync_TableOfWhichOnlyAColumnMayBeRead_Passes()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        var role = await server.CreateRoleAsync();
        await server.RunSqlAsync(database, $"CREATE TABLE t (a int, secret int); GRANT SELECT (a) ON t TO {role.Name}");

        (await server.Connection(role).Target(database).TestAsync()).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task TestAsync_EmptySchema_PassesWithoutReading()
    {
        var (server, database, reader) = await DatabaseAsync("CREATE SCHEMA nothing");

        var report = await server.Connection(reader).Target(database, "nothing").TestAsync();

        report.Fault.ShouldBeNull();
        report.Step("read one").Result.ShouldBe(TestStepResult.Skipped);
    }

    [Fact]
    public async Task TestAsync_ViewThatTakesForever_WarnsAndStopsAtTheServer()
    {
        var (server, database, reader) = await DatabaseAsync("CREATE VIEW slow AS SELECT 1 AS one FROM pg_sleep(60)");

        var report = await server.Connection(reader).Target(database).TestAsync();

        report.Fault.ShouldBeNull();
        report.Step("read one").Result.ShouldBe(TestStepResult.Warning);
        await server.ShouldHaveNoSessionAsync(reader);
    }

    [Theory]
    [InlineData("CREATE VIEW broken AS SELECT 1 / (random() * 0)::int AS one")]
    [InlineData("CREATE FUNCTION bad() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE insufficient_privilege; END'; CREATE VIEW broken AS SELECT bad()")]
    public async Task TestAsync_ViewThatCannotBeComputed_Warns(string sql)
    {
        var (server, database, reader) = await DatabaseAsync(sql);

        var report = await server.Connection(reader).Target(database).TestAsync();

        report.Fault.ShouldBeNull();
        report.Step("read one").Result.ShouldBe(TestStepResult.Warning);
    }

    [Fact]
    public async Task TestAsync_ConnectionWithoutDatabase_TestsTheSignInOnly()
    {
        var (server, _, reader) = await DatabaseAsync("CREATE TABLE t (a int)");

        var report = await server.Connection(reader).Target(null, null).TestAsync();

        report.Fault.ShouldBeNull();
        report.Step("see catalog").Result.ShouldBe(TestStepResult.Passed);
        report.Step("see schema").Result.ShouldBe(TestStepResult.Skipped);
    }

    [Fact]
    public async Task TestAsync_ForWriting_ProvesItAndLeavesNothingBehind()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        var writer = await server.CreateRoleAsync();
        await server.RunSqlAsync(database, $"CREATE SCHEMA evidence AUTHORIZATION {writer.Name}");

        var report = await server.Connection(writer).Target(database, "evidence").TestAsync(forWriting: true);

        report.Fault.ShouldBeNull();
        report.Steps[^1].ShouldSatisfyAllConditions(s => s.Name.ShouldBe("write rights"), s => s.Result.ShouldBe(TestStepResult.Passed));
        (await server.ScalarAsync<long>(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'evidence'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("GRANT CREATE ON SCHEMA public TO {0}; ALTER ROLE {0} SET default_transaction_read_only = on")]
    [InlineData("GRANT CREATE ON SCHEMA public TO {0}; CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE insufficient_privilege; END'; CREATE EVENT TRIGGER no ON sql_drop EXECUTE FUNCTION no()")]
    public async Task TestAsync_ForWritingWithoutTheRight_Fails(string sql)
    {
        var (server, database, reader) = await DatabaseAsync("CREATE TABLE t (a int)");
        await server.RunSqlAsync(database, string.Format(sql, reader.Name));

        var report = await server.Connection(reader).Target(database).TestAsync(forWriting: true);

        if (sql.Contains("read_only"))
            report.Fault.ShouldBeNull("a role's default is overridden: the transaction says that it writes");
        else
            report.ShouldFailWith(SourceFaultCode.PermissionDenied, "write rights").Message.ShouldContain("GRANT USAGE, CREATE");
        (await server.ScalarAsync<long>(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).ShouldBe(1);
    }

    [Fact]
    public async Task TestAsync_NobodyListens_FailsAtConnect()
    {
        int port;
        using (var hole = BlackHole.Silent())
            port = hole.Port;
        var (server, database, reader) = await DatabaseAsync("CREATE TABLE t (a int)");

        var report = await (server.Connection(reader) with { Port = port }).Target(database).TestAsync();

        report.ShouldFailWith(SourceFaultCode.ConnectionRefused, "connect");
        report.Step("resolve host").Result.ShouldBe(TestStepResult.Passed);
    }

    [Fact]
    public async Task TestAsync_UnknownHost_FailsAtResolve()
    {
        var (server, database, reader) = await DatabaseAsync("CREATE TABLE t (a int)");

        (await (server.Connection(reader) with { Host = "no-such-host.invalid" }).Target(database).TestAsync())
            .ShouldFailWith(SourceFaultCode.HostNotFound, "resolve host");
    }

    [Fact]
    public async Task TestAsync_AssaysOwnMetadataStore_IsRefused()
    {
        using var store = BlackHole.Silent();
        PostgresSources.Own.Register("metadata store", "localhost", store.Port);
        var server = await PostgresServer.SharedAsync();
        var connection = server.Connection(await server.CreateRoleAsync()) with { Port = store.Port };

        (await connection.Target("postgres").TestAsync()).ShouldFailWith(SourceFaultCode.HostNotAllowed, "resolve host");
        (await Should.ThrowAsync<SourceException>(() => connection.Target("postgres").ListAsync())).Fault.Code.ShouldBe(SourceFaultCode.HostNotAllowed);
        (await Should.ThrowAsync<SourceException>(() => PostgresSources.Connector.ListCatalogsAsync(connection, default)))
            .Fault.Code.ShouldBe(SourceFaultCode.HostNotAllowed);
    }

    [Fact]
    public async Task TestAsync_NoConnectionLeft_SaysSo()
    {
        var (server, database, reader) = await DatabaseAsync($"CREATE TABLE t (a int)");
        await server.RunSqlAsync(database, $"ALTER ROLE {reader.Name} CONNECTION LIMIT 0");

        (await server.Connection(reader).Target(database).TestAsync()).ShouldFailWith(SourceFaultCode.TooManyConnections, "sign in");
    }

    [Fact]
    public async Task TestAsync_Cancelled_Throws()
    {
        var (server, database, reader) = await DatabaseAsync("CREATE TABLE t (a int)");

        await Should.ThrowAsync<OperationCanceledException>(() =>
            PostgresSources.Connector.TestAsync(server.Connection(reader).Target(database), new TestIntent(), new CancellationToken(canceled: true)));
    }

    private static async Task<(PostgresServer, string Database, PostgresRole Reader)> DatabaseAsync(string sql)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, sql);
        return (server, database, await server.CreateReaderAsync());
    }
}
