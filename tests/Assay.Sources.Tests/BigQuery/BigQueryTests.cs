using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Warehouses;
using Assay.Testing.Npm;
using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.BigQuery;

/// <summary>Against a stand-in that Google's own client accepts, and that runs the statements on PostgreSQL.</summary>
public sealed class BigQueryTests(EngineFixture fixture) : IAsyncLifetime
{
    private BigQueryStandIn standIn = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        standIn = await BigQueryStandIn.StartAsync();
        await Shop.FillAsync(standIn.Database);
    }

    public ValueTask DisposeAsync() => standIn.DisposeAsync();

    private WarehouseSource Source(string? schema = "shop", string? key = null, string? database = null) => new(
        WarehouseSource.Connection("bigquery", StandIn.Host, standIn.Port, null, key ?? standIn.AccountKey(), new { ssl = false }), database ?? standIn.Database.Name, schema);

    [Fact]
    public async Task StandIn_GooglesOwnClient_IsSatisfied()
    {
        var answer = await NodeScript.RunAsync("bigquery.mjs", new
        {
            endpoint = standIn.Endpoint.ToString().TrimEnd('/'),
            project = BigQueryStandIn.Project,
            data = standIn.Database.Name,
            dataset = "shop",
            token = BigQueryStandIn.Token,
            sql = $"SELECT n, label FROM `{standIn.Database.Name}`.`shop`.`many` ORDER BY 1",
            endless = "SELECT 1 FROM pg_sleep(300)",
            wrong = "SELECT * FROM nowhere",
        });
        answer.ToString().ShouldBe("""{"count":5000,"first":{"n":1,"label":"row 1"},"last":{"n":5000,"label":"row 5000"},"columns":["n INTEGER","label STRING"],"refused":"notFound","cancelled":"stopped","datasets":4}""");
    }

    [Fact]
    public async Task Test_FaultsAndDiscovery_AreExact()
    {
        (await Source().TestAsync()).Fault.ShouldBeNull();
        (await Source(key: standIn.AccountKey(ownKey: true)).TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in").Message.ShouldContain(BigQueryStandIn.Email);
        (await Source(database: "none").TestAsync()).ShouldFailWith(SourceFaultCode.CatalogNotFound, "see catalog");
        (await Source("none").TestAsync()).ShouldFailWith(SourceFaultCode.SchemaNotFound, "see schema");
        (await Source().TestAsync(forWriting: true)).ShouldFailWith(SourceFaultCode.PermissionDenied, "write rights");
        (await Source().Catalogs.ListCatalogsAsync(Source().Settings, Cancel)).ShouldBe([new(standIn.Database.Name, false), new(BigQueryStandIn.Project, false)], ignoreOrder: true);
        (await Source().Catalogs.ListSchemasAsync(Source().Settings, standIn.Database.Name, Cancel)).Select(s => s.Name).ShouldBe(["Odd \"sch`ema", "empty", "public", "shop"]);

        standIn.Statements.Clear();
        var containers = await Source().ListAsync();
        standIn.Statements.Count.ShouldBe(3);
        containers.Select(c => $"{c.Name} {c.Kind}").ShouldBe(Shop.Tables);
        var orders = containers[2];
        orders.Fields.Select(f => $"{f.Type}").ShouldBe(Shop.FieldTypes);
        orders.Fields[3].ShouldSatisfyAllConditions(f => f.NativeType.ShouldBe("NUMERIC(12, 2)"), f => f.Digits.ShouldBe(2), f => f.Remarks.ShouldBe("in euros"));
        orders.Keys.Select(k => $"{k.Kind} {string.Join(',', k.Fields)} {k.ReferencedContainer} {string.Join(',', k.ReferencedFields)}".Trim()).ShouldBe(["Primary id", "Foreign customer customers id"]);
    }

    [Fact]
    public async Task Read_GivesExactRows_AndCancellingReachesBigQuery()
    {
        standIn.RowsPerPage = 700;
        var orders = await Source().ContainerAsync("orders");
        var (types, rows) = await Source().RowsAsync(fixture.Engine, orders);
        types.ShouldBe(Shop.OrderTypes.Replace("Float32", "Float64"));
        rows.ShouldBe(Shop.OrderRows);
        (await Source().RowsAsync(fixture.Engine, orders, r => r with { Columns = ["id"], After = new("at_tz", new DateTimeOffset(1999, 12, 31, 0, 0, 0, TimeSpan.Zero)) })).Rows.ShouldBe(["1"]);
        (await Source().RowsAsync(fixture.Engine, await Source().ContainerAsync("many"))).Rows.Length.ShouldBe(5000);

        var slow = await Source().ContainerAsync("slow");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = Source().RowsAsync(fixture.Engine, slow, cancel: stop.Token);
        await WarehouseSource.UntilAsync(async () => standIn.Statements.Any(s => s.Contains("`slow`")) && await standIn.Database.RunningAsync() > 0);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        await WarehouseSource.UntilAsync(async () => await standIn.Database.RunningAsync() == 0);
        standIn.Cancelled.Count.ShouldBe(1);
    }

    [Fact]
    public void Validate_Key_HasToBeAServiceAccounts()
    {
        WarehouseSource.Problems(WarehouseSource.Connection("bigquery", null, null, null, null)).ShouldBe(["password missing"]);
        WarehouseSource.Problems(WarehouseSource.Connection("bigquery", null, null, "u", "{\"type\":\"external_account\"}")).ShouldBe(["password value_error", "username extra_forbidden"], ignoreOrder: true);
        // A key that has Assay sign in elsewhere than at Google goes with an address of one's own only.
        WarehouseSource.Problems(WarehouseSource.Connection("bigquery", null, null, null, standIn.AccountKey())).ShouldBe(["password value_error"]);
    }
}
