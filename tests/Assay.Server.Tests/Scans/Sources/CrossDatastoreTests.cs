using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.S3;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Scans.Sources;

/// <summary>Rules that compare a table in PostgreSQL with files in an object store.</summary>
public sealed class CrossDatastoreTests(AssayServer assay)
{
    private const string Orders = """
        CREATE TABLE orders (id int PRIMARY KEY, customer int, amount numeric(10,2), placed date);
        INSERT INTO orders VALUES (1, 10, 5.00, '2024-01-01'), (2, 11, 7.50, '2024-01-02'), (3, 99, 1.00, '2024-01-03'), (4, NULL, 2.00, NULL);
        """;

    [Fact]
    public async Task Checks_OnATable_ReferToFilesOfAnotherStore()
    {
        var (datastore, _) = await assay.Synced(Orders);
        var orders = await assay.ContainerId(datastore, "orders");
        var lake = await Lake(
            ("customers.csv", "customer_id,name\n10,Ann\n11,Bob\n12,Cy\n"),
            ("copy.csv", "id,customer,amount,placed\n1,10,5.00,2024-01-01\n2,11,7.25,2024-01-02\n4,,2.00,\n5,12,9.00,2024-01-05\n"));
        var (customers, copy) = (await assay.ContainerId(lake, "customers.csv"), await assay.ContainerId(lake, "copy.csv"));
        var exists = await assay.CreateCheck(orders, "existsIn", ["customer"], $$"""{"ref_datastore_id": {{lake}}, "ref_container_id": {{customers}}, "field_name": "customer_id"}""");
        var notExists = await assay.CreateCheck(orders, "notExistsIn", ["customer"], $$"""{"ref_container_id": {{customers}}, "field_name": "customer_id", "ref_filter": "name = 'Bob'"}""");
        var diff = await assay.CreateCheck(orders, "dataDiff", ["id", "customer", "amount", "placed"], $$"""{"ref_datastore_id": {{lake}}, "ref_container_id": {{copy}}, "id_field_names": ["id"]}""");
        var count = await assay.CreateCheck(orders, "aggregationComparison", [], $$"""{"expression": "COUNT(*)", "comparison": "eq", "ref_container_id": {{copy}}, "ref_expression": "COUNT(*)"}""");
        var sums = await assay.CreateCheck(orders, "aggregationComparison", [], $$"""{"expression": "SUM(amount)", "comparison": "gt", "ref_container_id": {{copy}}, "ref_expression": "SUM(amount)"}""");

        await assay.Scan(datastore);

        var found = await assay.Anomalies(datastore);
        async Task<string[]> Shown(Answer check) => [.. (await Task.WhenAll(found.Where(a => a["failed_checks"]!.AsArray().Any(f => (long)f!["quality_check"]!["id"]! == check.Id)).Select(assay.Records)))];
        (await Shown(exists)).ShouldHaveSingleItem().ShouldContain("\"id\":3,");
        (await Shown(notExists)).ShouldHaveSingleItem().ShouldContain("\"id\":2,");
        var differences = JsonNode.Parse((await Shown(diff)).Single())!.AsArray();
        differences.Select(r => (string)r!["_qualytics_diff"]!).Order(StringComparer.Ordinal).ShouldBe(["different", "missing in reference", "missing in target"]);
        (await Shown(count)).ShouldBeEmpty();
        ((bool)(await assay.Admin.Get($"{AllChecks}/{count.Id}")).Json["is_passing"]!).ShouldBeTrue();
        ((bool)(await assay.Admin.Get($"{AllChecks}/{sums.Id}")).Json["is_passing"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task AReferenceThatIsGone_LeavesItsCheckUnasserted_AndNoOther()
    {
        var (datastore, _) = await assay.Synced(Orders);
        var orders = await assay.ContainerId(datastore, "orders");
        var server = await S3Server.SharedAsync();
        var bucket = server.CreateBucket($"b-{Guid.NewGuid():n}");
        server.Put(bucket, "customers.csv", "customer_id\n10\n");
        var lake = await Register(server, bucket);
        var customers = await assay.ContainerId(lake, "customers.csv");
        await assay.CreateCheck(orders, "existsIn", ["customer"], $$"""{"ref_container_id": {{customers}}, "field_name": "customer_id"}""");
        await assay.CreateCheck(orders, "notNull", ["customer"]);
        server.Delete(bucket, "customers.csv");

        var operation = await assay.Scan(datastore);

        var results = (await assay.Admin.Get($"/api/container-scans/{operation["container_scans"]![0]!["id"]}")).Expect(200).Json["check_results"]!.AsArray();
        results.Select(r => (string)r!["assertion_result"]!).ShouldBe(["unasserted", "failed"], results.ToJsonString());
        results[0]!["assertion_details"].ShouldNotBeNull();
    }

    private async Task<long> Lake(params (string Key, string Text)[] files)
    {
        var server = await S3Server.SharedAsync();
        var bucket = server.CreateBucket($"b-{Guid.NewGuid():n}");
        foreach (var (key, text) in files) server.Put(bucket, key, text);
        return await Register(server, bucket);
    }

    private async Task<long> Register(S3Server server, string bucket)
    {
        var datastore = (await assay.Admin.Post("/api/datastores", new JsonObject
        {
            ["name"] = People.Unique("Lake"),
            ["connection"] = new JsonObject
            {
                ["name"] = People.Unique("lake"),
                ["type"] = "s3",
                ["uri"] = $"s3://{bucket}",
                ["access_key"] = S3Server.AccessKey,
                ["secret_key"] = "b4cket-s3cret",
                ["parameters"] = new JsonObject { ["endpoint"] = server.Endpoint },
            },
            ["root_path"] = "/",
            ["trigger_sync"] = false,
            ["teams"] = new JsonArray(People.Unique("Team")),
        })).Expect(201).Id;
        await assay.SyncWell(datastore);
        return datastore;
    }
}
