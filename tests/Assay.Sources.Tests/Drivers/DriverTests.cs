using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Sources.Drivers.Installing;
using Assay.Sources.Reading;
using Assay.Sources.Tests.MySql;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;
using Assay.Testing.Network;

namespace Assay.Sources.Tests.Drivers;

public sealed class DriverTests(DriverFolder drivers, EngineFixture fixture)
{
    [Theory]
    [InlineData("oracle", "assay driver add Oracle.ManagedDataAccess.Core")]
    [InlineData("db2", "assay driver add Net.IBM.Data.Db2-lnx")]
    [InlineData("teradata", "assay driver add Teradata.Client.Provider")]
    [InlineData("hive", "assay driver add System.Data.Odbc --as hive")]
    public async Task TestAsync_WithoutItsDriver_SaysWhichCommandAddsIt(string type, string command)
    {
        var connection = Connection(type, [.. type == "oracle" ? [("sid", (object)"ORCL")] : Array.Empty<(string, object)>()]);

        var fault = (await new SqlTarget(connection, new SourceScope("d", "S"), drivers.Services()).TestAsync()).ShouldFailWith(SourceFaultCode.DriverMissing, "load driver");

        fault.Message.ShouldContain(command);
    }

    [Fact]
    public async Task AddAsync_SqlClient_LoadsWithAllItNeedsAndSpeaksToAClosedPort()
    {
        var installed = await drivers.EnsureAsync(new DriverOrder("Microsoft.Data.SqlClient", "2.1.4"));

        installed.ShouldNotBeNull().ShouldSatisfyAllConditions(
            i => i.Name.ShouldBe("sqlserver"), i => i.Factory.ShouldBe("Microsoft.Data.SqlClient.SqlClientFactory"), i => i.Packages.Count.ShouldBeGreaterThan(3));
        drivers.Installer.List().ShouldContain(d => d.Name == "sqlserver" && d.Version == "2.1.4");
        foreach (var type in new[] { "sqlserver", "synapse" })
        {
            var target = new SqlTarget(Connection(type) with { Port = 1 }, new SourceScope("sales", null), drivers.Services());
            (await target.TestAsync()).ShouldFailWith(SourceFaultCode.ConnectionRefused, "connect");
        }
        // Tests run as Assay does, without cultures; the driver refuses that, and the operator is told the way out.
        using var silent = BlackHole.Silent();
        var report = await new SqlTarget(Connection("sqlserver") with { Port = silent.Port }, new SourceScope("sales", "dbo"), drivers.Services()).TestAsync();
        report.ShouldFailWith(SourceFaultCode.Unsupported, "sign in").Message.ShouldContain("System.Globalization.Invariant");
        report.Steps.Single(s => s.Name == "load driver").Detail.ShouldBe("Microsoft.Data.SqlClient 2.1.4");
    }

    [Fact]
    public async Task AddAsync_PackagesThatAreNoDriverOrNotThere_AreRefusedAndLeaveNothing()
    {
        var before = Directory.GetDirectories(drivers.Path).Where(d => Path.GetFileName(d)[0] != '.').ToHashSet();

        (await Should.ThrowAsync<DriverException>(() => drivers.Installer.AddAsync(new DriverOrder("Shouldly", "4.2.1"), default))).Message.ShouldContain("no ADO.NET driver");
        (await Should.ThrowAsync<DriverException>(() => drivers.Installer.AddAsync(new DriverOrder("Shouldly", "0.0.1-none"), default))).Message.ShouldContain("4.2.1");

        Directory.GetDirectories(drivers.Path).Where(d => Path.GetFileName(d) is "shouldly").ShouldBeEmpty();
        before.ShouldNotContain(d => Path.GetFileName(d) == "shouldly");
        drivers.Installer.Remove("../data").ShouldBeFalse();
    }

    [Fact]
    public async Task AdoNet_DriverWithATemplate_ListsAndReadsThroughTheStandardsCatalogue()
    {
        // Assay has the same driver of its own: the added one lives in a room of its own beside it.
        await drivers.EnsureAsync(new DriverOrder("MySqlConnector", As: "my-own",
            ConnectionString: "Server={host};Port={port};User ID={username};Password={password};Database={database};SslMode=none;Pooling=false", Quotes: "`"));
        var (server, own, _) = await MySqlSources.SourceAsync("""
            CREATE TABLE t (id int PRIMARY KEY, name varchar(20) UNIQUE, price decimal(10,2), day date, moment datetime(6), ratio double, raw varbinary(4), at time);
            INSERT INTO t VALUES (1, 'ü;''x', 12.30, '2024-02-29', '2024-02-29 10:00:00.123456', 0.1, x'00FF', '26:00:01'), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
            CREATE VIEW v AS SELECT id FROM t;
            """);
        var database = own.Target.Scope.Database!;
        var connection = Connection("adonet", ("driver", "my-own")) with { Host = server.Host, Port = server.Port, Username = own.Connection.Username, Password = own.Connection.Password };
        var target = new SqlTarget(connection, new SourceScope(null, database), drivers.Services());

        (await target.TestAsync()).Fault.ShouldBeNull();
        var containers = await target.ListAsync();
        containers.Select(c => (c.Name, c.Kind)).ShouldBe([("t", ContainerKind.Table), ("v", ContainerKind.View)]);
        containers[0].Keys.Select(k => (k.Kind, k.Fields.Single())).ShouldBe([(KeyKind.Primary, "id"), (KeyKind.Unique, "name")]);
        (await target.FirstRowAsync(fixture.Engine, "t")).Select(c => $"{c.Key} {c.Value.Type} {c.Value.Value}").ShouldBe(
        [
            "id Int64 1", "name String ü;'x", "price Decimal(4, 2) 12.30", "day Date32 2024-02-29", "moment DateTime64(6, 'UTC') 2024-02-29 10:00:00.123456",
            "ratio Float64 0.1", "raw String 0x00FF", "at String 26:00:01",
        ]);
        (await target.RowsAsync(fixture.Engine, "t", r => r with { Columns = ["id"], After = new IncrementalBound("id", 1), RowLimit = 5 })).ShouldBe(["2"]);

        (await new SqlTarget(connection with { Password = new Secret("wrong;Server=elsewhere") }, new SourceScope(null, database), drivers.Services()).TestAsync())
            .Fault.ShouldNotBeNull().Step.ShouldBe("sign in");
        (await new SqlTarget(connection with { Host = "169.254.169.254" }, new SourceScope(null, database), drivers.Services()).TestAsync()).ShouldFailWith(SourceFaultCode.HostNotAllowed, "resolve host");
    }

    [Fact]
    public void Validate_EachKind_KnowsItsFields()
    {
        string Problems(string type, params (string, object)[] parameters)
        {
            var target = new SqlTarget(Connection(type, parameters) with { Username = null, Password = null }, new SourceScope(), drivers.Services());
            return string.Join(' ', target.Connector.Validate(target.Connection).Select(p => $"{string.Join('.', p.Field)}:{p.Kind}"));
        }

        Problems("sqlserver", ("authentication_type", "SERVICE_PRINCIPAL")).ShouldBe("username:missing password:missing parameters.tenant_id:missing");
        Problems("fabric", ("authentication_type", "BASIC"), ("tenant_id", "t")).ShouldBe("username:missing password:missing parameters.authentication_type:enum");
        Problems("oracle", ("sid", "A"), ("service_name", "b)(HOST=x")).ShouldContain("parameters.service_name:value_error");
        Problems("oracle").ShouldContain("parameters.sid:missing");
        Problems("db2", ("ssl", true), ("foo", 1)).ShouldBe("username:missing password:missing parameters.foo:extra_forbidden");
        Problems("hive", ("zookeeper", false)).ShouldBe("");
        Problems("adonet").ShouldContain("parameters.driver:missing");
    }

    internal static ConnectionSettings Connection(string type, params (string Name, object Value)[] parameters) => new()
    {
        Type = type,
        Host = "127.0.0.1",
        Port = type == "adonet" ? 1 : null,
        Username = "user",
        Password = new Secret("p;a'ss\"word"),
        Parameters = parameters.ToDictionary(p => p.Name, p => JsonSerializer.SerializeToElement(p.Value)),
    };
}
