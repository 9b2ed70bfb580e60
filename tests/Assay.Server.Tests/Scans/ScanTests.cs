using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.Syncing;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Scans;

/// <summary>Scans of a PostgreSQL table: what they find, how it is kept, and what later scans make of it.</summary>
public sealed class ScanTests(AssayServer assay)
{
    private const string Orders = """
        CREATE TABLE orders (id bigint PRIMARY KEY, price numeric(12,2), name text, updated_at timestamptz NOT NULL);
        INSERT INTO orders SELECT i, i, 'name ' || i, timestamptz '2024-01-01 00:00:00+00' + i * interval '1 hour' FROM generate_series(1, 100) i;
        UPDATE orders SET price = -5, name = NULL WHERE id = 7;
        UPDATE orders SET price = -6 WHERE id = 8;
        """;

    [Fact]
    public async Task Scan_OfRowsThatFail_MakesOneAnomalyPerRow_WithItsEvidence()
    {
        var (datastore, _) = await assay.Synced(Orders);
        var orders = await assay.ContainerId(datastore, "orders");
        var tag = People.Unique("tag");
        var user = await assay.CreateUser();
        var negative = await assay.CreateCheck(orders, "notNegative", ["price"], null, new() { ["tags"] = new JsonArray(tag), ["default_anomaly_assignee_id"] = user.Id });
        var missing = await assay.CreateCheck(orders, "notNull", ["name"]);
        var fine = await assay.CreateCheck(orders, "unique", ["id"]);
        await assay.CreateCheck(orders, "positive", ["price"], null, new() { ["status"] = "Draft" });

        var operation = await assay.Scan(datastore);

        var found = await assay.Anomalies(datastore);
        found.Length.ShouldBe(2);
        var both = found.Single(a => a["failed_checks"]!.AsArray().Count == 2);
        both["failed_checks"]!.AsArray().Select(f => (long)f!["quality_check"]!["id"]!).ShouldBe([negative.Id, missing.Id]);
        ((string?)both["type"]).ShouldBe("record");
        ((long)both["anomalous_records_count"]!).ShouldBe(1);
        both["fingerprint"].ShouldNotBeNull();
        ((string?)both["global_tags"]![0]!["name"]).ShouldBe(tag);
        ((long)both["assignees"]![0]!["id"]!).ShouldBe(user.Id);
        (await assay.Records(both)).ShouldContain("\"id\":7,");
        ((long)both["operation_id"]!).ShouldBe((long)operation["id"]!);
        var status = operation["status"]!;
        ((long)status["total_containers"]!, (long)status["containers_analyzed"]!, (long)status["records_processed"]!, (long)status["anomalies_identified"]!).ShouldBe((1, 1, 100, 2));
        ((bool)(await assay.Admin.Get($"{AllChecks}/{negative.Id}")).Json["is_passing"]!).ShouldBeFalse();
        ((bool)(await assay.Admin.Get($"{AllChecks}/{fine.Id}")).Json["is_passing"]!).ShouldBeTrue();
        ((long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["metrics"]!["active_anomalies"]!).ShouldBe(2);
        var container = (await assay.Admin.Get($"/api/containers/{orders}")).Json["metrics"]!;
        ((long)container["active_anomalies"]!, (long)container["passing_checks"]!, (long)container["failing_checks"]!).ShouldBe((2, 1, 2));
        container["last_scanned"].ShouldNotBeNull();
        var scan = operation["container_scans"]![0]!;
        ((long)scan["open_anomaly_count"]!).ShouldBe(2);
        var detail = (await assay.Admin.Get($"/api/container-scans/{scan["id"]}")).Expect(200).Json;
        detail["check_results"]!.AsArray().Select(r => (string)r!["assertion_result"]!).ShouldBe(["failed", "failed", "passed"]);
        detail["check_results"]!.AsArray().Select(r => (long)r!["asserted_records"]!).ShouldBe([100, 100, 100]);
        (await assay.Admin.Get($"/api/container-scans/{scan["id"]}/anomalies")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(2);
        (await assay.Admin.Get($"/api/containers/{orders}/scan")).Expect(200).Id.ShouldBe((long)scan["id"]!);
        (await assay.Admin.Get($"/api/container-scans?datastore={datastore}&latest_only=true")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public async Task LaterScans_ArchiveDuplicates_ResolveWhatPassed_AndReactivateWhatComesBack()
    {
        var (datastore, database) = await assay.Synced(Orders);
        var orders = await assay.ContainerId(datastore, "orders");
        await assay.CreateCheck(orders, "notNegative", ["price"]);
        await assay.Scan(datastore);
        var first = await assay.Anomalies(datastore);

        await assay.Scan(datastore);

        (await assay.Anomalies(datastore)).Select(a => (long)a["id"]!).ShouldBe(first.Select(a => (long)a["id"]!));
        (await assay.Anomalies(datastore, "&archived=only")).Select(a => (string)a["status"]!).ShouldBe(["Duplicate", "Duplicate"]);
        await RunSql(database, "UPDATE orders SET price = 7 WHERE id = 7");
        await assay.Scan(datastore, new() { ["auto_resolve_passed_anomalies"] = false });
        (await assay.Anomalies(datastore)).Length.ShouldBe(2);
        await assay.Scan(datastore);
        (await assay.Anomalies(datastore)).Length.ShouldBe(1);
        var resolved = (await assay.Anomalies(datastore, "&status=Resolved")).Single();
        (await assay.Admin.Get($"/api/anomalies/{resolved["id"]}/history")).Json["versions"]![0]!["changeset"]!["status"]!.ToJsonString().ShouldBe("[\"Active\",\"Resolved\"]");
        await RunSql(database, "UPDATE orders SET price = -5 WHERE id = 7");
        await assay.Scan(datastore, new() { ["reactivate_recurring_anomalies"] = true });
        (await assay.Anomalies(datastore)).Select(a => (long)a["id"]!).Order().ShouldBe(first.Select(a => (long)a["id"]!).Order());
        ((long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["metrics"]!["active_anomalies"]!).ShouldBe(2);
        await assay.Scan(datastore, new() { ["archive_duplicate_anomalies"] = false });
        (await assay.Anomalies(datastore)).Length.ShouldBe(4);
    }

    [Fact]
    public async Task ManyFailingRows_BecomeOneShapeAnomaly_WithExamplesUpToTheLimit()
    {
        var (datastore, _) = await assay.Synced(Orders);
        var orders = await assay.ContainerId(datastore, "orders");
        await assay.CreateCheck(orders, "maxValue", ["id"], """{"value": 50}""");
        await assay.CreateCheck(orders, "notNegative", ["price"]);

        await assay.Scan(datastore, new() { ["high_count_rollup_threshold"] = 2, ["enrichment_source_record_limit"] = 3 });

        var found = await assay.Anomalies(datastore);
        var shape = found.Single(a => (string)a["type"]! == "shape");
        ((long)shape["anomalous_records_count"]!).ShouldBe(50);
        JsonNode.Parse(await assay.Records(shape))!.AsArray().Count.ShouldBe(3);
        found.Count(a => (string)a["type"]! == "record").ShouldBe(2, "at the threshold rows are anomalies of their own");
        await assay.Scan(datastore, new() { ["high_count_rollup_threshold"] = 2 });
        (await assay.Anomalies(datastore)).Length.ShouldBe(3, "the same shape again is a duplicate");
        (await assay.Admin.Post("/api/operations/run", new JsonObject { ["type"] = "scan", ["datastore_id"] = datastore, ["high_count_rollup_threshold"] = 0 })).Expect(422).Errors()[0].Loc.ShouldBe("body.high_count_rollup_threshold");
        (await assay.Admin.Post("/api/operations/run", new JsonObject { ["type"] = "scan", ["datastore_id"] = datastore, ["remediation"] = "append" })).Expect(422);
        (await assay.Admin.Post("/api/operations/run", new JsonObject { ["type"] = "scan", ["datastore_id"] = datastore, ["check_variables"] = new JsonObject { ["a"] = true } })).Expect(422);
    }

    [Fact]
    public async Task IncrementalScans_LookAtWhatIsNewAlone()
    {
        var (datastore, database) = await assay.Synced(Orders);
        var orders = await assay.ContainerId(datastore, "orders");
        await assay.CreateCheck(orders, "notNegative", ["price"]);
        var incremental = new JsonObject { ["incremental"] = true };
        long Read(JsonNode operation) => (long)operation["status"]!["records_processed"]!;

        Read(await assay.Scan(datastore, incremental)).ShouldBe(100, "the first one looks at everything");
        Read(await assay.Scan(datastore, incremental)).ShouldBe(0, "the bound is exclusive");
        await RunSql(database, "INSERT INTO orders VALUES (101, -1, 'late', '2024-02-01 00:00:00.000001+00'), (102, 1, 'later', '2024-02-02')");
        Read(await assay.Scan(datastore, incremental)).ShouldBe(2);
        Read(await assay.Scan(datastore, incremental)).ShouldBe(0);

        (await assay.Anomalies(datastore)).Length.ShouldBe(3, "nothing is resolved by looking at a part");
        Read(await assay.Scan(datastore, new() { ["greater_than_time"] = "2024-02-01T00:00:00.000Z" })).ShouldBe(2);
        Read(await assay.Scan(datastore, new() { ["max_records_analyzed_per_partition"] = 5 })).ShouldBe(5);
    }

    [Fact]
    public async Task Scan_WithAContainerThatFails_ScansTheOthers_AndResumesWithIt()
    {
        var (datastore, database) = await assay.Synced($"{Orders} CREATE TABLE gone (id int); CREATE TABLE empty (id int);");
        await assay.CreateCheck(await assay.ContainerId(datastore, "orders"), "notNegative", ["price"]);
        await assay.CreateCheck(await assay.ContainerId(datastore, "gone"), "notNull", ["id"]);
        await assay.CreateCheck(await assay.ContainerId(datastore, "empty"), "notNull", ["id"]);
        await RunSql(database, "DROP TABLE gone");

        var operation = await assay.Scan(datastore);

        ((string)operation["message"]!).ShouldContain("gone");
        operation["container_scans"]!.AsArray().Select(s => ((string)s!["container"]!["name"]!, (string)s["result"]!)).Order().ShouldBe([("empty", "success"), ("gone", "failure"), ("orders", "success")]);
        var only = await assay.ScanToEnd(datastore, new() { ["container_names"] = new JsonArray("gone") });
        ((string)only["result"]!).ShouldBe("failure");
        await RunSql(database, "CREATE TABLE gone (id int); INSERT INTO gone VALUES (NULL)");
        (await assay.Admin.Put($"/api/operations/run/{only["id"]}")).Expect(200);
        var resumed = await assay.UntilEnded((long)only["id"]!);
        ((string)resumed["result"]!).ShouldBe("success", resumed.ToJsonString());
        resumed["container_scans"]!.AsArray().Count.ShouldBe(1);
        (await assay.Anomalies(datastore)).Length.ShouldBe(3);
        (await assay.Admin.Put($"/api/operations/rerun/{only["id"]}")).Expect(200).Id.ShouldNotBe((long)only["id"]!);
        (await assay.Admin.Post("/api/operations/run", new JsonObject { ["type"] = "scan", ["datastore_id"] = datastore, ["container_names"] = new JsonArray("nowhere") })).Expect(422).Errors()[0].Loc.ShouldBe("body.container_names.0");
    }

    [Fact]
    public async Task UnexpectedSchema_EndsTheContainersScan()
    {
        var (datastore, _) = await assay.Synced(Orders);
        var orders = await assay.ContainerId(datastore, "orders");
        await assay.CreateCheck(orders, "expectedSchema", [], """{"list": ["id", "price", "name"], "allow_other_fields": false}""");
        await assay.CreateCheck(orders, "notNegative", ["price"]);

        var operation = await assay.ScanToEnd(datastore);

        ((string)operation["result"]!).ShouldBe("failure");
        ((string)operation["message"]!).ShouldBe("orders: the scan was aborted because schema check anomalies were identified");
        (await assay.Anomalies(datastore)).Select(a => (string)a["failed_checks"]![0]!["quality_check"]!["rule_type"]!).ShouldBe(["expectedSchema"]);
    }

    [Fact]
    public async Task VariablesAndReferences_ReachTheChecks_MaskedValuesDoNotReachMessages()
    {
        var (datastore, _) = await assay.Synced($"{Orders} CREATE TABLE known (code text); INSERT INTO known SELECT 'name ' || i FROM generate_series(1, 99) i;");
        var (orders, known) = (await assay.ContainerId(datastore, "orders"), await assay.ContainerId(datastore, "known"));
        await assay.CreateCheck(orders, "satisfiesExpression", [], """{"expression": "id <= {{ most }}"}""");
        await assay.CreateCheck(orders, "existsIn", ["name"], $$"""{"ref_container_id": {{known}}, "field_name": "code"}""");
        var name = (await assay.Admin.Get($"/api/fields?container={orders}&name=name")).Json["items"]![0]!["id"]!;
        (await assay.Admin.Put($"/api/fields/{name}", new JsonObject { ["status"] = "masked" })).Expect(200);

        await assay.Scan(datastore, new() { ["check_variables"] = new JsonObject { ["most"] = "99" }, ["container_names"] = new JsonArray("orders") });

        var found = (await assay.Anomalies(datastore)).Single();
        found["failed_checks"]!.AsArray().Count.ShouldBe(2);
        found.ToJsonString().ShouldNotContain("name 100");
        (await assay.Records(found)).ShouldContain("***MASKED***");
        var without = await assay.Scan(datastore, new() { ["container_names"] = new JsonArray("orders") });
        var results = (await assay.Admin.Get($"/api/container-scans/{without["container_scans"]![0]!["id"]}")).Json["check_results"]!.AsArray();
        ((string)results[0]!["assertion_result"]!).ShouldBe("unasserted");
    }

    [Fact]
    public async Task ExternalScan_AssertsTheChecksOnTheRowsSent()
    {
        var (datastore, _) = await assay.Synced(Orders);
        var orders = await assay.ContainerId(datastore, "orders");
        await assay.CreateCheck(orders, "notNegative", ["price"]);

        var started = (await assay.Admin.Post($"/api/containers/{orders}/scan", new JsonObject
        {
            ["name"] = "late.csv",
            ["records"] = """[{"id": 1, "price": "-2.50", "name": "x"}, {"id": 2, "price": 3}]""",
        })).Expect(200);
        var operation = await assay.UntilEnded(started.Id);

        ((string)operation["result"]!).ShouldBe("success", operation.ToJsonString());
        ((string)operation["type"]!).ShouldBe("external_scan");
        ((long)operation["container_scans"]![0]!["records_processed"]!).ShouldBe(2);
        (await assay.Records((await assay.Anomalies(datastore)).Single())).ShouldContain("-2.50");
        (await assay.Admin.Post($"/api/containers/{orders}/scan", new JsonObject { ["name"] = "x", ["records"] = new JsonArray(new JsonObject { ["other"] = 1 }) })).Expect(422).Errors()[0].Loc.ShouldBe("body.records.0.other");
        (await assay.Admin.Post($"/api/containers/{orders}/scan", new JsonObject { ["name"] = "x", ["records"] = "no json" })).Expect(422);
        (await assay.Admin.Put($"/api/operations/rerun/{operation["id"]}")).Expect(409);
    }
}
