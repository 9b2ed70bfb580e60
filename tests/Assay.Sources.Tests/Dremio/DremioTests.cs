using Assay.Sources.Reading;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Warehouses;
using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.Dremio;

/// <summary>Against a stand-in made after Dremio's documentation, which runs the statements on PostgreSQL.</summary>
public sealed class DremioTests(EngineFixture fixture) : IAsyncLifetime
{
    private DremioStandIn standIn = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        standIn = await DremioStandIn.StartAsync();
        await Shop.FillAsync(standIn.Database);
    }

    public ValueTask DisposeAsync() => standIn.DisposeAsync();

    private WarehouseSource Source(string? schema = "shop", string? user = null, string? password = null, object? parameters = null) => new(
        WarehouseSource.Connection("dremio", StandIn.Host, standIn.Port, user, password ?? DremioStandIn.AccessToken, parameters ?? new { ssl = false }), null, schema);

    [Fact]
    public async Task Test_SignInsFaultsAndDiscovery_AreExact()
    {
        (await Source().TestAsync()).Fault.ShouldBeNull();
        (await Source(user: DremioStandIn.User, password: DremioStandIn.Password).TestAsync()).Fault.ShouldBeNull();
        (await Source(parameters: new { ssl = false, project_id = DremioStandIn.Project }).TestAsync()).Fault.ShouldBeNull();
        (await Source(password: "wrong").TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await Source(user: DremioStandIn.User, password: "wrong").TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await Source("none").TestAsync()).ShouldFailWith(SourceFaultCode.SchemaNotFound, "see schema");
        (await Source().Catalogs.ListSchemasAsync(Source().Settings, null, Cancel)).ShouldBe([new("INFORMATION_SCHEMA", true), new("Odd \"sch`ema", false), new("empty", false), new("public", false), new("shop", false)]);

        standIn.Statements.Clear();
        var containers = await Source().ListAsync();
        // The sign-in, the schemas, tables, columns.
        standIn.Statements.Count.ShouldBe(4);
        containers.Select(c => $"{c.Name} {c.Kind}").ShouldBe(Shop.Tables);
        containers[2].Fields.Select(f => $"{f.Type}").ShouldBe(Shop.FieldTypes);
        containers[2].Fields[3].NativeType.ShouldBe("DECIMAL(12,2)");
    }

    [Fact]
    public async Task Read_GivesExactRows_AndCancellingReachesDremio()
    {
        var orders = await Source().ContainerAsync("orders");
        // Dremio's moments have no zone.
        var read = (Func<ContainerRead, ContainerRead>)(r => r with { Columns = [.. orders.Fields.Select(f => f.Name).Where(n => n is not ("at_tz" or "raw"))] });
        var (types, rows) = await Source().RowsAsync(fixture.Engine, orders, read);
        types.ShouldBe("Nullable(Int64), Nullable(Int64), Nullable(Int64), Nullable(Decimal(12, 2)), Nullable(Decimal(38, 0)), Nullable(Float64), Nullable(Float32), Nullable(Bool), Nullable(Date32), Nullable(DateTime64(6, 'UTC')), Nullable(String)");
        rows.ShouldBe(Shop.OrderRows.Select(row => string.Join('|', row.Split('|').Where((_, i) => i is not (10 or 11)))));
        (await Source().RowsAsync(fixture.Engine, orders, r => r with { Columns = ["id"], After = new("at", new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)) })).Rows.ShouldBe(["1"]);
        (await Source().RowsAsync(fixture.Engine, await Source().ContainerAsync("many"))).Rows.Length.ShouldBe(5000);

        var slow = await Source().ContainerAsync("slow");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = Source().RowsAsync(fixture.Engine, slow, cancel: stop.Token);
        await WarehouseSource.UntilAsync(async () => standIn.Statements.Any(s => s.Contains("\"slow\"")) && await standIn.Database.RunningAsync() > 0);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        await WarehouseSource.UntilAsync(async () => await standIn.Database.RunningAsync() == 0);
        standIn.Cancelled.Count.ShouldBe(1);
    }

    [Fact]
    public void Validate_ByMode_AsksForWhatItNeeds()
    {
        WarehouseSource.Problems(WarehouseSource.Connection("dremio", "api.dremio.cloud", 443, null, "t", new { project_id = DremioStandIn.Project, ssl = true })).ShouldBeEmpty();
        WarehouseSource.Problems(WarehouseSource.Connection("dremio", "h", 9047, null, null, new { authentication_type = "BASIC" })).ShouldBe(["username missing", "password missing"]);
        WarehouseSource.Problems(WarehouseSource.Connection("dremio", "h", 9047, "u", "p", new { project_id = "main" })).ShouldBe(["parameters.project_id value_error", "parameters.authentication_type value_error"], ignoreOrder: true);
    }
}
