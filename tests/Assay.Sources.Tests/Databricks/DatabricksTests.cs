using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Warehouses;
using Assay.Testing.Npm;
using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.Databricks;

/// <summary>Against a stand-in that Databricks' own SDK accepts, and that runs the statements on PostgreSQL.</summary>
public sealed class DatabricksTests(EngineFixture fixture) : IAsyncLifetime
{
    private const string Path = $"/sql/1.0/warehouses/{DatabricksStandIn.Warehouse}";
    private DatabricksStandIn standIn = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        standIn = await DatabricksStandIn.StartAsync();
        await Shop.FillAsync(standIn.Database);
        await standIn.Database.RunSqlAsync("CREATE TABLE shop.lists (a int[]); INSERT INTO shop.lists VALUES ('{1,2}')");
    }

    public ValueTask DisposeAsync() => standIn.DisposeAsync();

    private WarehouseSource Source(string? schema = "shop", string? password = null, string? user = null, object? parameters = null, string? database = null) => new(
        WarehouseSource.Connection("databricks", StandIn.Host, standIn.Port, user, password ?? DatabricksStandIn.PersonalToken, parameters ?? new { path = Path, ssl = false }), database ?? standIn.Database.Name, schema);

    private WarehouseSource Native(string? catalog = null, object? parameters = null) => new(
        WarehouseSource.Connection("databricks_native", StandIn.Host, standIn.Port, null, DatabricksStandIn.PersonalToken, parameters ?? new { ssl = false })
            with
        { Catalog = catalog ?? standIn.Database.Name, CatalogType = "unity" }, null, "shop");

    [Fact]
    public async Task StandIn_DatabricksOwnSdk_IsSatisfied()
    {
        var answer = await NodeScript.RunAsync("databricks.mjs", new
        {
            endpoint = standIn.Endpoint.ToString().TrimEnd('/'),
            token = DatabricksStandIn.PersonalToken,
            warehouse = DatabricksStandIn.Warehouse,
            catalog = standIn.Database.Name,
            schema = "shop",
            sql = "SELECT n, label FROM many ORDER BY 1",
            endless = "SELECT 1 FROM pg_sleep(300)",
            wrong = "SELECT * FROM nowhere",
        });
        answer.ToString().ShouldBe("""{"columns":["n INT","label STRING"],"count":5000,"first":["1","row 1"],"last":["5000","row 5000"],"refused":"BAD_REQUEST","cancelled":"CANCELED","found":"RUNNING"}""");
    }

    [Fact]
    public async Task Test_SignInsAndFaults_AreSaidByStep()
    {
        (await Source().TestAsync()).Fault.ShouldBeNull();
        (await Source(user: DatabricksStandIn.Client, password: DatabricksStandIn.Secret, parameters: new { path = Path, ssl = false, authentication_type = "OAUTH_M2M" }).TestAsync()).Fault.ShouldBeNull();
        standIn.TokensGiven.ShouldBe(1);
        (await Native().TestAsync()).Fault.ShouldBeNull();
        (await Source(password: "wrong").TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await Source(user: "x", password: "wrong", parameters: new { path = Path, ssl = false, authentication_type = "OAUTH_M2M" }).TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await Source(parameters: new { path = "/sql/1.0/warehouses/eeee", ssl = false }).TestAsync()).ShouldFailWith(SourceFaultCode.InvalidSettings, "sign in");
        (await Source(database: "none").TestAsync()).ShouldFailWith(SourceFaultCode.CatalogNotFound, "see catalog");
        (await Source("none").TestAsync()).ShouldFailWith(SourceFaultCode.SchemaNotFound, "see schema");
        (await Source().TestAsync(forWriting: true)).ShouldFailWith(SourceFaultCode.PermissionDenied, "write rights");
        (await Native("none").TestAsync()).Connected.ShouldBeFalse();
    }

    [Fact]
    public async Task DiscoveryAndListing_BothWays_TellTheSame()
    {
        (await Source().Catalogs.ListCatalogsAsync(Source().Settings, Cancel)).ShouldBe([new(standIn.Database.Name, false), new("system", true)]);
        var schemas = await Source().Catalogs.ListSchemasAsync(Source().Settings, standIn.Database.Name, Cancel);
        schemas.Where(s => s.Name != "public").ShouldBe([new("Odd \"sch`ema", false), new("empty", false), new("information_schema", true), new("shop", false)]);
        (await Native().Catalogs.ListSchemasAsync(Native().Settings, null, Cancel)).ShouldBe(schemas);
        standIn.Statements.Clear();
        foreach (var source in new[] { Source(), Native() })
        {
            var containers = await source.ListAsync();
            containers.Select(c => $"{c.Name} {c.Kind}").ShouldBe(Shop.Tables.Append("lists Table").Order(StringComparer.Ordinal));
            containers[1].Fields[0].ShouldSatisfyAllConditions(f => f.Type.ShouldBe(FieldType.Array), f => f.ElementType.ShouldBe(FieldType.Integral));
            var orders = containers[3];
            orders.Remarks.ShouldBe("what was bought");
            orders.Fields.Select(f => $"{f.Type}").ShouldBe(Shop.FieldTypes);
            orders.Fields.Select(f => f.Ordinal).ShouldBe(Enumerable.Range(1, 13));
            orders.Fields[3].ShouldSatisfyAllConditions(f => f.NativeType.ShouldBe("decimal(12,2)"), f => f.Size.ShouldBe(12), f => f.Digits.ShouldBe(2), f => f.Remarks.ShouldBe("in euros"));
            orders.Keys.Select(k => $"{k.Kind} {string.Join(',', k.Fields)} {k.ReferencedSchema} {k.ReferencedContainer} {string.Join(',', k.ReferencedFields)}".Trim())
                .ShouldBe(["Primary id", "Foreign customer shop customers id"], ignoreOrder: true);
        }
        // Schemas, tables, keys, columns; Unity Catalog's own interface runs none.
        standIn.Statements.Count.ShouldBe(4);
        (await Source("Odd \"sch`ema").ListAsync()).ShouldHaveSingleItem().Name.ShouldBe("Odd t`able");
    }

    [Fact]
    public async Task Read_GivesExactRows_AndCancellingReachesTheWarehouse()
    {
        standIn.RowsPerLink = 700;
        var orders = await Source().ContainerAsync("orders");
        var (types, rows) = await Source().RowsAsync(fixture.Engine, orders);
        types.ShouldBe(Shop.OrderTypes);
        rows.ShouldBe(Shop.OrderRows);
        (await Native().RowsAsync(fixture.Engine, orders)).Rows.ShouldBe(Shop.OrderRows);
        (await Source().RowsAsync(fixture.Engine, orders, r => r with { Columns = ["id"], After = new("at_tz", new DateTimeOffset(1999, 12, 31, 0, 0, 0, TimeSpan.Zero)) })).Rows.ShouldBe(["1"]);
        (await Source().RowsAsync(fixture.Engine, await Source().ContainerAsync("many"))).Rows.Length.ShouldBe(5000);

        var slow = await Source().ContainerAsync("slow");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = Source().RowsAsync(fixture.Engine, slow, cancel: stop.Token);
        await WarehouseSource.UntilAsync(async () => standIn.Statements.Any(s => s.Contains("`slow`")) && await standIn.Database.RunningAsync() > 0);
        await WarehouseSource.UntilAsync(() => standIn.Requests.Any(r => r.StartsWith("GET /api/2.0/sql/statements/")));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        await WarehouseSource.UntilAsync(async () => await standIn.Database.RunningAsync() == 0);
        standIn.Cancelled.Count.ShouldBe(1);
    }

    [Fact]
    public void Validate_ByMode_AsksForWhatItNeeds()
    {
        WarehouseSource.Problems(WarehouseSource.Connection("databricks", null, null, null, null)).ShouldBe(["host missing", "password missing", "parameters.path missing"], ignoreOrder: true);
        WarehouseSource.Problems(WarehouseSource.Connection("databricks", "h", null, null, "t", new { path = "sql/protocolv1/o/1/0101-cluster" })).ShouldBe(["parameters.path value_error"]);
        WarehouseSource.Problems(WarehouseSource.Connection("databricks", "h", null, null, "t", new { path = Path, authentication_type = "OAUTH_M2M" })).ShouldBe(["username missing"]);
        WarehouseSource.Problems(WarehouseSource.Connection("databricks_native", "https://dbc-1.cloud.databricks.com", null, null, "t")).ShouldBe(["catalog missing"]);
        WarehouseSource.Problems(WarehouseSource.Connection("databricks_native", "https://dbc-1.cloud.databricks.com", null, null, "t") with { Catalog = "main", CatalogType = "hive" }).ShouldBe(["catalog_type enum"]);
    }
}
