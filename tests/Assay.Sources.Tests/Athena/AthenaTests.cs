using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Warehouses;
using Assay.Testing.Npm;
using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.Athena;

/// <summary>Against a stand-in that verifies signatures, that Amazon's own client accepts, and that runs the statements on PostgreSQL.</summary>
public sealed class AthenaTests(EngineFixture fixture) : IAsyncLifetime
{
    private AthenaStandIn standIn = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        standIn = await AthenaStandIn.StartAsync();
        await Shop.FillAsync(standIn.Database);
    }

    public ValueTask DisposeAsync() => standIn.DisposeAsync();

    private WarehouseSource Source(string? schema = "shop", string? user = AthenaStandIn.AccessKey, string? password = AthenaStandIn.SecretKey, object? parameters = null, string? database = null) => new(
        WarehouseSource.Connection("athena", StandIn.Host, standIn.Port, user, password, parameters ?? new { ssl = false, region = AthenaStandIn.Region, output = "s3://results/assay/" }), database ?? standIn.Database.Name, schema);

    [Fact]
    public async Task StandIn_AmazonsOwnClient_IsSatisfied()
    {
        var answer = await NodeScript.RunAsync("athena.mjs", new
        {
            endpoint = standIn.Endpoint.ToString(),
            region = AthenaStandIn.Region,
            accessKeyId = AthenaStandIn.AccessKey,
            secretAccessKey = AthenaStandIn.SecretKey,
            catalog = standIn.Database.Name,
            database = "shop",
            sql = "SELECT n, label FROM many ORDER BY 1",
            endless = "SELECT 1 FROM pg_sleep(300)",
        });
        answer.ToString().ShouldBe("""{"state":"SUCCEEDED","columns":["n integer","label varchar"],"count":5001,"first":["n","label"],"last":["5000","row 5000"],"stopped":"CANCELLED","databases":4,"tables":["customers","many","orders","recent","slow"],"refused":"InvalidSignatureException"}""");
    }

    [Fact]
    public async Task Test_SignInsFaultsAndDiscovery_AreExact()
    {
        (await Source().TestAsync()).Fault.ShouldBeNull();
        standIn.LastOutput.ShouldBe("s3://results/assay/");
        var byRole = new { ssl = false, region = AthenaStandIn.Region, authentication_type = "IAM_ROLE", role_arn = AthenaStandIn.Role, external_id = "x", sts_endpoint = standIn.Endpoint.ToString() };
        (await Source(parameters: byRole).TestAsync()).Fault.ShouldBeNull();
        (await Source(password: "wrong").TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await Source(user: "AKIDNOBODY").TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await Source(database: "none").TestAsync()).ShouldFailWith(SourceFaultCode.CatalogNotFound, "see catalog");
        (await Source("none").TestAsync()).ShouldFailWith(SourceFaultCode.SchemaNotFound, "see schema");
        (await Source().Catalogs.ListCatalogsAsync(Source().Settings, Cancel)).ShouldBe([new(standIn.Database.Name, false)]);

        standIn.Statements.Clear();
        var containers = await Source().ListAsync();
        standIn.Statements.ShouldBeEmpty();
        containers.Select(c => $"{c.Name} {c.Kind}").ShouldBe(Shop.Tables);
        containers[2].Fields.Select(f => $"{f.Type}").ShouldBe(Shop.FieldTypes);
        containers[2].ShouldSatisfyAllConditions(c => c.Remarks.ShouldBe("what was bought"), c => c.Fields[3].Remarks.ShouldBe("in euros"), c => c.Fields[3].NativeType.ShouldBe("decimal(12,2)"));
    }

    [Fact]
    public async Task Read_GivesExactRows_AndCancellingReachesAthena()
    {
        var orders = await Source().ContainerAsync("orders");
        var (types, rows) = await Source().RowsAsync(fixture.Engine, orders);
        types.ShouldBe(Shop.OrderTypes);
        rows.ShouldBe(Shop.OrderRows);
        (await Source().RowsAsync(fixture.Engine, orders, r => r with { Columns = ["id"], After = new("at", new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)) })).Rows.ShouldBe(["1"]);
        (await Source().RowsAsync(fixture.Engine, await Source().ContainerAsync("many"))).Rows.Length.ShouldBe(5000);

        var slow = await Source().ContainerAsync("slow");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = Source().RowsAsync(fixture.Engine, slow, cancel: stop.Token);
        await WarehouseSource.UntilAsync(async () => standIn.Statements.Any(s => s.Contains("\"slow\"")) && await standIn.Database.RunningAsync() > 0);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        await WarehouseSource.UntilAsync(async () => await standIn.Database.RunningAsync() == 0);
        standIn.Stopped.Count.ShouldBe(1);
    }

    [Fact]
    public void Validate_ByMode_AsksForWhatItNeeds()
    {
        const string host = "athena.eu-central-1.amazonaws.com";
        WarehouseSource.Problems(WarehouseSource.Connection("athena", host, 443, "k", "s", new { output = "s3://bucket/f" })).ShouldBeEmpty();
        WarehouseSource.Problems(WarehouseSource.Connection("athena", host, null, null, null)).ShouldBe(["username missing", "password missing"]);
        WarehouseSource.Problems(WarehouseSource.Connection("athena", host, null, null, null, new { authentication_type = "IAM_ROLE" })).ShouldBe(["parameters.role_arn missing"]);
        WarehouseSource.Problems(WarehouseSource.Connection("athena", "10.0.0.1", null, "k", "s", new { output = "/tmp" })).ShouldBe(["parameters.output value_error", "parameters.region missing"], ignoreOrder: true);
    }
}
