using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Warehouses;
using Assay.Testing.Npm;
using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.Trino;

/// <summary>Against a stand-in that Trino's and Presto's own clients accept, and that runs the statements on PostgreSQL.</summary>
public sealed class TrinoTests(EngineFixture fixture) : IAsyncLifetime
{
    private TrinoStandIn standIn = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        standIn = await TrinoStandIn.StartAsync();
        await Shop.FillAsync(standIn.Database);
    }

    public ValueTask DisposeAsync() => standIn.DisposeAsync();

    private WarehouseSource Source(string? schema = "shop", string? password = null, object? parameters = null, string? database = null) => new(
        WarehouseSource.Connection("trino", StandIn.Host, standIn.Port, TrinoStandIn.User, password ?? TrinoStandIn.Password, parameters ?? new { ssl = false }), database ?? standIn.Database.Name, schema);

    [Fact]
    public async Task StandIn_TrinosOwnClient_IsSatisfied()
    {
        var answer = await NodeScript.RunAsync("trino.mjs", new
        {
            server = standIn.Endpoint.ToString().TrimEnd('/'),
            user = TrinoStandIn.User,
            password = TrinoStandIn.Password,
            sql = $"SELECT n, label FROM \"{standIn.Database.Name}\".shop.many ORDER BY 1",
            slow = "SELECT 1 FROM pg_sleep(1)",
            endless = "SELECT 1 FROM pg_sleep(300)",
            wrong = "SELECT * FROM nowhere",
        });
        answer.ToString().ShouldBe("""{"count":5000,"first":[1,"row 1"],"last":[5000,"row 5000"],"waited":1,"refused":"TABLE_NOT_FOUND"}""");
        standIn.Cancelled.Count.ShouldBe(1);
        await WarehouseSource.UntilAsync(async () => await standIn.Database.RunningAsync() == 0);
    }

    [Fact]
    public async Task StandIn_PrestosOwnClient_IsSatisfiedAndPrestoReads()
    {
        await using var presto = await TrinoStandIn.StartAsync("Presto");
        await Shop.FillAsync(presto.Database);
        var answer = await NodeScript.RunAsync("presto.mjs", new
        {
            host = $"http://{StandIn.Host}",
            port = presto.Port,
            user = TrinoStandIn.User,
            password = TrinoStandIn.Password,
            sql = $"SELECT n, label FROM \"{presto.Database.Name}\".shop.many ORDER BY 1",
            slow = "SELECT 1 FROM pg_sleep(1)",
            wrong = "SELECT * FROM nowhere",
        });
        answer.GetProperty("count").GetInt32().ShouldBe(5000);
        answer.GetProperty("last").ToString().ShouldBe("""[5000,"row 5000"]""");
        answer.GetProperty("waited").GetInt32().ShouldBe(1);
        answer.GetProperty("refused").ToString().ShouldBe("TABLE_NOT_FOUND");

        var source = new WarehouseSource(WarehouseSource.Connection("presto", StandIn.Host, presto.Port, TrinoStandIn.User, TrinoStandIn.Password, new { ssl = false }), presto.Database.Name, "shop");
        source.Connector.ShouldNotBeAssignableTo<ICatalogConnector>();
        (await source.TestAsync()).Fault.ShouldBeNull();
        (await source.RowsAsync(fixture.Engine, await source.ContainerAsync("orders"))).Rows.ShouldBe(Shop.OrderRows);
    }

    [Fact]
    public async Task Test_SignInsAndFaults_AreSaidByStep()
    {
        (await Source().TestAsync()).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(), r => r.Product!.Version.ShouldBe("477"));
        (await Source(password: TrinoStandIn.Token, parameters: new { ssl = false, authentication_type = "JWT" }).TestAsync()).Fault.ShouldBeNull();
        standIn.LastSession.ShouldStartWith("PARAMETRIC_DATETIME query_max_execution_time=");
        (await Source(password: "wrong").TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await Source(database: "none").TestAsync()).ShouldFailWith(SourceFaultCode.CatalogNotFound, "see catalog");
        (await Source("none").TestAsync()).ShouldFailWith(SourceFaultCode.SchemaNotFound, "see schema");
        (await Source().TestAsync(forWriting: true)).ShouldFailWith(SourceFaultCode.PermissionDenied, "write rights");
        (await Source(parameters: new { }).TestAsync()).ShouldFailWith(SourceFaultCode.TlsFailed, "TLS");
        standIn.Failure = ("/v1/statement", 404);
        (await Source().TestAsync()).ShouldFailWith(SourceFaultCode.InvalidSettings, "sign in");
    }

    [Fact]
    public async Task DiscoveryAndListing_TellAll()
    {
        (await Source().Catalogs.ListCatalogsAsync(Source().Settings, Cancel)).ShouldBe([new(standIn.Database.Name, false), new("system", true)]);
        (await Source().Catalogs.ListSchemasAsync(Source().Settings, standIn.Database.Name, Cancel)).Where(s => s.Name != "public")
            .ShouldBe([new("Odd \"sch`ema", false), new("empty", false), new("information_schema", true), new("shop", false)]);
        standIn.Statements.Clear();
        var containers = await Source().ListAsync();
        // The sign-in, the schemas, tables, columns.
        standIn.Statements.Count.ShouldBe(4);
        containers.Select(c => $"{c.Name} {c.Kind}").ShouldBe(Shop.Tables);
        containers[2].Fields.Select(f => $"{f.Type}").ShouldBe(Shop.FieldTypes);
        containers[2].Fields.Select(f => f.NativeType).ShouldBe(["bigint", "bigint", "smallint", "decimal(12,2)", "decimal(38,0)", "double", "real", "boolean", "date", "timestamp(6)", "timestamp(6) with time zone", "varbinary", "varchar"]);
        containers[2].Fields[^1].Name.ShouldBe("odd \"na`me'");
        (await Source("Odd \"sch`ema").ListAsync()).ShouldHaveSingleItem().Name.ShouldBe("Odd t`able");
        (await Should.ThrowAsync<SourceException>(() => Source("none").ListAsync())).Fault.Code.ShouldBe(SourceFaultCode.SchemaNotFound);
    }

    [Fact]
    public async Task Read_GivesExactRows_AndCancellingReachesTheServer()
    {
        standIn.RowsPerPage = 700;
        var orders = await Source().ContainerAsync("orders");
        var (types, rows) = await Source().RowsAsync(fixture.Engine, orders);
        types.ShouldBe(Shop.OrderTypes);
        rows.ShouldBe(Shop.OrderRows);
        (await Source().RowsAsync(fixture.Engine, orders, r => r with { Columns = ["id"], After = new("at_tz", new DateTimeOffset(1999, 12, 31, 0, 0, 0, TimeSpan.Zero)) })).Rows.ShouldBe(["1"]);
        (await Source().RowsAsync(fixture.Engine, await Source().ContainerAsync("many"))).Rows.Length.ShouldBe(5000);

        var slow = await Source().ContainerAsync("slow");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = Source().RowsAsync(fixture.Engine, slow, cancel: stop.Token);
        await WarehouseSource.UntilAsync(() => standIn.Statements.Any(s => s.Contains("\"slow\"")));
        await WarehouseSource.UntilAsync(async () => await standIn.Database.RunningAsync() > 0);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        await WarehouseSource.UntilAsync(async () => await standIn.Database.RunningAsync() == 0);
        (await Should.ThrowAsync<SourceException>(() => Source(parameters: new { ssl = false, statement_timeout = 1 }).RowsAsync(fixture.Engine, slow))).Fault.Code.ShouldBe(SourceFaultCode.TimedOut);
    }

    [Fact]
    public void Validate_ByMode_AsksForWhatItNeeds()
    {
        WarehouseSource.Problems(WarehouseSource.Connection("trino", null, null, null, null)).ShouldBe(["host missing", "username missing"]);
        WarehouseSource.Problems(WarehouseSource.Connection("presto", "h", 8080, "u", null)).ShouldBeEmpty();
        WarehouseSource.Problems(WarehouseSource.Connection("trino", "h", 443, "u", null, new { authentication_type = "JWT", ssl_truststore = "/etc/passwd" }))
            .ShouldBe(["password missing", "parameters.ssl_truststore value_error"], ignoreOrder: true);
    }
}
