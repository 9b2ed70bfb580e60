using System.Text;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Scans;

/// <summary>What checks are inferred from besides a table's own rows: empty cells, slips in files, keys of other containers, measurements.</summary>
public sealed class InferenceSourceTests(AssayServer assay)
{
    [Fact]
    public async Task EmptyCells_AreMissing_UnlessTheContainerSaysOtherwise()
    {
        var datastore = await Files("people.csv", "id,town", i => $"{i},{(i == 70 ? "" : i % 2 == 0 ? "Bonn" : "Ulm")}");
        var container = await assay.ContainerId(datastore, "people.csv");
        var shown = (await assay.Admin.Get($"/api/containers/{container}")).Expect(200).Json;
        ((bool)shown["treat_empty_as_null"]!).ShouldBeTrue();

        await assay.ProfileWell(datastore, new() { ["ai_effort"] = "off" });
        ((double)(await assay.FieldProfiles(container))["town"]["completeness"]!).ShouldBeLessThan(1);

        (await assay.Admin.Put($"/api/containers/{container}", new JsonObject { ["container_type"] = "file", ["treat_empty_as_null"] = false })).Expect(200);
        await assay.ProfileWell(datastore, new() { ["ai_effort"] = "off" });
        ((double)(await assay.FieldProfiles(container))["town"]["completeness"]!).ShouldBe(1);

        // Left out it goes back to what it is by itself, as a full replacement does.
        ((bool)(await assay.Admin.Put($"/api/containers/{container}", new JsonObject { ["container_type"] = "file" })).Expect(200).Json["treat_empty_as_null"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Slips_InAColumnOfNumbers_AreFound_AndReprofilingRenewsTheRange()
    {
        var datastore = await Files("prices.csv", "id,price", i => $"{i},{(i is 40 or 300 ? "9.90 USD" : i is 77 ? "cheap" : (5 + i * 37 % 400 / 4.0).ToString(System.Globalization.CultureInfo.InvariantCulture))}");
        await assay.Profile(datastore, new() { ["ai_effort"] = "medium" });
        var checks = await Checks(datastore);
        var type = checks.Single(c => (string)c["rule_type"]! == "isType");
        ((string)type["description"]!).ShouldContain("3 of 600 are otherwise and are taken for errors");
        var range = checks.Single(c => (string)c["rule_type"]! == "satisfiesExpression");
        await assay.Scan(datastore);
        (await assay.Anomalies(datastore)).Length.ShouldBe(3);

        await WriteAsync("prices.csv", "id,price", i => $"{i},{(i is 40 ? "9.90 USD" : (5 + i * 37 % 800 / 4.0).ToString(System.Globalization.CultureInfo.InvariantCulture))}");
        await assay.Profile(datastore, new() { ["ai_effort"] = "medium" });
        var renewed = (await Checks(datastore)).Single(c => (string)c["rule_type"]! == "satisfiesExpression");
        ((long)renewed["id"]!).ShouldBe((long)range["id"]!, "other limits make no other check");
        ((string)renewed["properties"]!["expression"]!).ShouldNotBe((string)range["properties"]!["expression"]!);
    }

    [Fact]
    public async Task FieldNamedAfterAnotherTablesKey_GetsExistsIn()
    {
        var (datastore, database) = await assay.Synced("""
            CREATE TABLE customers (id int PRIMARY KEY, name text);
            INSERT INTO customers SELECT i, 'c' || i FROM generate_series(1, 60) i;
            CREATE TABLE orders (order_no int, customer_id int);
            INSERT INTO orders SELECT i, 1 + i * 7 % 60 FROM generate_series(1, 500) i;
            """);
        await assay.Profile(datastore, new() { ["ai_effort"] = "high" });
        (await Checks(datastore)).ShouldNotContain(c => (string)c["rule_type"]! == "existsIn");
        await assay.Profile(datastore, new() { ["ai_effort"] = "xhigh", ["infer_as_draft"] = true });
        var check = (await Checks(datastore)).Single(c => (string)c["rule_type"]! == "existsIn");
        ((string)check["fields"]![0]!["name"]!, (string)check["status"]!).ShouldBe(("customer_id", "Draft"));
        ((long)check["properties"]!["ref_container_id"]!).ShouldBe(await assay.ContainerId(datastore, "customers"));

        (await assay.Admin.Put($"{AllChecks}/{check["id"]}", (await assay.Admin.Get($"{AllChecks}/{check["id"]}")).ToUpdate().With(new() { ["status"] = "Active" }))).Expect(200);
        await assay.Scan(datastore);
        (await assay.Anomalies(datastore)).ShouldBeEmpty();
        await Syncing.RunSql(database, "UPDATE orders SET customer_id = 999 WHERE order_no = 8");
        await assay.Scan(datastore);
        (await assay.Anomalies(datastore)).SelectMany(a => a["failed_checks"]!.AsArray()).ShouldContain(f => (string)f!["quality_check"]!["rule_type"]! == "existsIn");
    }

    [Fact]
    public async Task Measurements_GiveVolumetricChecks_WhichAreRenewed()
    {
        var (datastore, database) = await assay.Synced("CREATE TABLE visits AS SELECT g AS n FROM generate_series(1, 100) g");
        var container = await assay.ContainerId(datastore, "visits");
        await assay.SeedMeasurements(container, [.. Enumerable.Range(0, 20).Select(i => 95L + i % 10)]);
        await assay.Profile(datastore, new() { ["ai_effort"] = "off" });
        var checks = await Checks(datastore);
        checks.ShouldAllBe(c => (string)c["rule_type"]! == "volumetric" && (bool)c["inferred"]!);
        checks.Select(c => (string)c["properties"]!["comparison"]!).ShouldBe(["Absolute Value", "Percentage Change"], ignoreOrder: true);
        await assay.Scan(datastore);
        (await assay.Anomalies(datastore)).ShouldBeEmpty();

        await Syncing.RunSql(database, "INSERT INTO visits SELECT g FROM generate_series(1, 900) g");
        await assay.Profile(datastore, new() { ["ai_effort"] = "off" });
        (await Checks(datastore)).Select(c => (long)c["id"]!).ShouldBe(checks.Select(c => (long)c["id"]!));
        await assay.Scan(datastore);
        (await assay.Anomalies(datastore)).SelectMany(a => a["failed_checks"]!.AsArray()).Select(f => (string)f!["quality_check"]!["rule_type"]!).ShouldContain("volumetric");
    }

    private string? folder;

    private async Task<long> Files(string name, string header, Func<int, string> line)
    {
        var datastore = await assay.RegisterFiles(f => folder = f);
        await WriteAsync(name, header, line);
        await assay.SyncWell(datastore);
        return datastore;
    }

    private Task WriteAsync(string name, string header, Func<int, string> line) =>
        File.WriteAllLinesAsync(Path.Combine(folder!, name), Enumerable.Range(1, 600).Select(line).Prepend(header), Encoding.UTF8, TestContext.Current.CancellationToken);

    private async Task<JsonNode[]> Checks(long datastore) =>
        [.. (await assay.Admin.Get($"{AllChecks}?datastore={datastore}&sort_created=asc&size=100")).Expect(200).Json["items"]!.AsArray().OfType<JsonNode>()];
}
