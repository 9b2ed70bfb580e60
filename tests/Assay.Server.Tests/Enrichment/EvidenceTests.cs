using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Enrichment;

/// <summary>What scans write to an enrichment store on PostgreSQL, as its owner reads it.</summary>
public sealed class EvidenceTests(AssayServer assay)
{
    [Fact]
    public async Task Scans_WriteTheirEvidenceIntoFourTables_OnceEach()
    {
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked(Enriching.Orders, store.Id);
        var (container, negative, missing) = await assay.OrderChecks(datastore);
        var fine = (await assay.CreateCheck(container, "unique", ["id"], null, new() { ["tags"] = new JsonArray("beta", "alpha") })).Id;
        var name = (string)(await assay.Admin.Get($"{Stores}/{datastore}")).Json["name"]!;

        var operation = await assay.ScanAndDeliver(datastore);

        var id = (long)operation["id"]!;
        (await store.Query($"SELECT operation_id, container_id, source_datastore, source_container, source_partition, assertion_result, quality_check_id, asserted_records_count, anomalous_records_count FROM {prefix}_check_metrics ORDER BY quality_check_id")).ShouldBe(
        [
            $"{id}|{container}|{name}|orders|orders|failed|{negative}|20|2",
            $"{id}|{container}|{name}|orders|orders|failed|{missing}|20|1",
            $"{id}|{container}|{name}|orders|orders|passed|{fine}|20|0",
        ]);
        var anomalies = await assay.Anomalies(datastore);
        anomalies.ShouldAllBe(a => (bool)a["source_enriched"]!);
        var both = (string)anomalies.Single(a => a["failed_checks"]!.AsArray().Count == 2)["uuid"]!;
        (await store.Query($"SELECT quality_check_id, quality_check_rule_type, quality_check_fields, anomalous_records_count, operation_id, source_container, source_datastore FROM {prefix}_failed_checks WHERE anomaly_uuid = '{both}' ORDER BY 1")).ShouldBe(
            [$"{negative}|notNegative|price|1|{id}|orders|{name}", $"{missing}|notNull|name|1|{id}|orders|{name}"]);
        (await store.Query($"SELECT COUNT(*), COUNT(fingerprint), COUNT(quality_check_message), MIN(detected_time) > now() - interval '10 minutes' FROM {prefix}_failed_checks")).ShouldBe(["3|3|3|t"]);
        (await store.Query($"SELECT record FROM {prefix}_source_records WHERE anomaly_uuid = '{both}'")).ShouldBe(
            ["""{"id":"7","price":"-5.25","name":null,"placed":"2024-01-08","at":"2024-01-01 07:00:00.000000"}"""]);
        (await store.Query($"SELECT record::json->>'name' FROM {prefix}_source_records WHERE anomaly_uuid <> '{both}'")).ShouldBe(["\"name 8\""]);
        (await store.Query($"SELECT operation_id, datastore_id, container_id, partition_name, incremental, records_processed, enrichment_source_record_limit, max_records_analyzed, anomaly_count, result, message, end_time >= start_time FROM {prefix}_scan_operations")).ShouldBe(
            [$"{id}|{datastore}|{container}|orders|f|20|10|-1|2|success|NULL|t"]);

        await assay.ScanAndDeliver(datastore);

        (await store.Query($"SELECT COUNT(*), COUNT(DISTINCT operation_id) FROM {prefix}_check_metrics")).ShouldBe(["6|2"]);
        (await store.Query($"SELECT COUNT(*), COUNT(DISTINCT (anomaly_uuid, quality_check_id)) FROM {prefix}_failed_checks")).ShouldBe(["6|6"]);
        (await store.Query($"SELECT COUNT(*) FROM {prefix}_source_records")).ShouldBe(["4"]);
    }

    [Fact]
    public async Task Tables_HaveTheColumnsOfTheContract_AndGetWhatTheyLack()
    {
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked(Enriching.Orders, store.Id);
        await assay.OrderChecks(datastore);
        // An older table, with a column of the owner's.
        await store.Server.RunSqlAsync(store.Database, $"CREATE TABLE {prefix}_source_records (mine int DEFAULT 7, record text); ALTER TABLE {prefix}_source_records OWNER TO {store.Role.Name}; INSERT INTO {prefix}_source_records VALUES (1, 'old')");

        await assay.ScanAndDeliver(datastore);

        (await store.Columns($"{prefix}_check_metrics")).Select(c => c.Split('|')[0]).ShouldBe(
            ["operation_id", "container_id", "source_datastore", "source_container", "source_partition", "assertion_result", "assertion_details", "quality_check_id", "asserted_records_count", "anomalous_records_count", "_qualytics_source_partition"]);
        (await store.Columns($"{prefix}_failed_checks")).ShouldBe(
        [
            "quality_check_id|bigint", "anomaly_uuid|text", "quality_check_message|text", "suggested_remediation_field|text", "suggested_remediation_value|text",
            "suggested_remediation_score|double precision", "quality_check_rule_type|text", "quality_check_tags|text", "quality_check_parameters|text", "quality_check_description|text",
            "quality_check_metadata|text", "quality_check_fields|text", "anomalous_records_count|bigint", "operation_id|bigint", "detected_time|timestamp with time zone",
            "source_container|text", "source_partition|text", "source_datastore|text", "fingerprint|bigint",
        ]);
        (await store.Columns($"{prefix}_scan_operations")).Select(c => c.Split('|')[0]).ShouldBe(
            ["operation_id", "datastore_id", "container_id", "partition_name", "incremental", "records_processed", "enrichment_source_record_limit", "max_records_analyzed", "anomaly_count", "start_time", "end_time", "result", "message"]);
        (await store.Columns($"{prefix}_source_records")).Select(c => c.Split('|')[0]).ShouldBe(["mine", "record", "source_container", "source_partition", "anomaly_uuid", "context"]);
        (await store.Query($"SELECT mine, record FROM {prefix}_source_records WHERE anomaly_uuid IS NULL")).ShouldBe(["1|old"]);
        (await store.Query($"SELECT COUNT(*) FROM {prefix}_source_records WHERE mine = 7")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task Limits_RollUpAndKeepAsManyRecordsAsAsked()
    {
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked("CREATE TABLE orders AS SELECT i::bigint AS id, -i AS price, 'n' AS name FROM generate_series(1, 50) i", store.Id);
        var (_, negative, _) = await assay.OrderChecks(datastore);

        await assay.ScanAndDeliver(datastore, new JsonObject { ["high_count_rollup_threshold"] = 5, ["enrichment_source_record_limit"] = 7 });

        (await store.Query($"SELECT quality_check_id, anomalous_records_count FROM {prefix}_failed_checks")).ShouldBe([$"{negative}|50"]);
        (await store.Query($"SELECT COUNT(*), COUNT(DISTINCT anomaly_uuid) FROM {prefix}_source_records")).ShouldBe(["7|1"]);
        (await store.Query($"SELECT enrichment_source_record_limit, anomaly_count FROM {prefix}_scan_operations")).ShouldBe(["7|1"]);

        await assay.ScanAndDeliver(datastore, new JsonObject { ["high_count_rollup_threshold"] = 50 });

        (await store.Query($"SELECT COUNT(*) FROM {prefix}_failed_checks WHERE anomalous_records_count = 1")).ShouldBe(["50"]);
    }

    [Fact]
    public async Task FailedScans_LeaveTheirRowToo()
    {
        var store = await assay.PostgresStore();
        var (datastore, database, prefix) = await assay.Linked(Enriching.Orders, store.Id);
        await assay.OrderChecks(datastore);
        await Syncing.RunSql(database, "DROP TABLE orders");

        ((string?)(await assay.ScanToEnd(datastore))["result"]).ShouldBe("failure");
        await assay.Delivered(datastore);

        (await store.Query($"SELECT result, message IS NOT NULL, anomaly_count FROM {prefix}_scan_operations")).ShouldBe(["failure|t|0"]);
        (await store.Query($"SELECT COUNT(*) FROM {prefix}_check_metrics")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task RowsFromOutside_AreEvidenceToo_ButAreNotCopied()
    {
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked(Enriching.Orders, store.Id, "append");
        var (container, _, _) = await assay.OrderChecks(datastore);

        var operation = (await assay.Admin.Post($"/api/containers/{container}/scan", new JsonObject { ["name"] = "x.csv", ["records"] = new JsonArray(new JsonObject { ["id"] = 1, ["price"] = -1, ["name"] = "n" }) })).Expect(200).Id;
        await assay.UntilEnded(operation);
        await assay.Delivered(datastore);

        (await store.Query($"SELECT operation_id FROM {prefix}_failed_checks")).ShouldBe([$"{operation}"]);
        (await store.Query($"SELECT tablename FROM pg_tables WHERE tablename LIKE '{prefix}_remediation%'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Masked_IsWrittenMasked_AlsoWhatWasMaskedAfterTheScan()
    {
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked("CREATE TABLE people AS SELECT 4711 AS pin, 'hush'::text AS secret, -1 AS open, 'later'::text AS late", store.Id, "append");
        var container = await assay.ContainerId(datastore, "people");
        var fields = (await assay.Admin.Get($"/api/containers/{container}/fields")).Expect(200).Json["items"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => (long)f!["id"]!);
        async Task Mask(string field) => (await assay.Admin.Put($"/api/fields/{fields[field]}", new JsonObject { ["status"] = "masked" })).Expect(200);
        await assay.CreateCheck(container, "notNegative", ["open"]);
        await assay.CreateCheck(container, "expectedValues", ["secret"], """{"list": ["x"]}""");
        await assay.CreateCheck(container, "lessThan", ["pin"], """{"value": 3, "inclusive": false}""");
        await Mask("pin");
        await Mask("secret");
        await using (await EvidenceHold.OnAsync(assay, store.Id))
        {
            await assay.Scan(datastore);
            await Mask("late");
        }
        await assay.Delivered(datastore);

        string[] everything =
        [
            .. await store.Query($"SELECT * FROM {prefix}_source_records"), .. await store.Query($"SELECT * FROM {prefix}_remediation_{container}"),
            .. await store.Query($"SELECT quality_check_message, suggested_remediation_value FROM {prefix}_failed_checks"), .. await store.Query($"SELECT assertion_details FROM {prefix}_check_metrics"),
        ];
        foreach (var secret in new[] { "4711", "hush", "later" }) everything.ShouldAllBe(row => !row.Contains(secret), secret);
        (await store.Query($"SELECT DISTINCT record FROM {prefix}_source_records")).ShouldBe(["""{"pin":"***MASKED***","secret":"***MASKED***","open":"-1","late":"***MASKED***"}"""]);
        (await store.Query($"SELECT DISTINCT pin, secret, open, late FROM {prefix}_remediation_{container}")).ShouldBe(["NULL|***MASKED***|-1|***MASKED***"]);
    }

    [Fact]
    public async Task HostileNames_AreNamesAndNothingElse()
    {
        const string table = "t\"; DROP TABLE x; --{{ v }}'🚀", field = "na\"me'; {{ x }} 🚀";
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked($"""CREATE TABLE "{table.Replace("\"", "\"\"")}" (id int, "{field.Replace("\"", "\"\"")}" int, "ID" int, anomaly_uuid text); INSERT INTO "{table.Replace("\"", "\"\"")}" VALUES (1, -1, 2, 'own')""", store.Id, "append");
        var container = await assay.ContainerId(datastore, table);
        await assay.CreateCheck(container, "notNegative", [field], null, new() { ["description"] = "'); DROP TABLE x; -- 🚀 \t\n\\N" });

        await assay.ScanAndDeliver(datastore);

        (await store.Query($"SELECT source_container, quality_check_fields, quality_check_description FROM {prefix}_failed_checks")).ShouldBe([$"{table}|{field}|'); DROP TABLE x; -- 🚀 \t\n\\N"]);
        (await store.Query($"SELECT * FROM {prefix}_remediation_{container}"))[0].ShouldStartWith($"1|-1|2|own|{table}|");
        (await store.Columns($"{prefix}_remediation_{container}")).ShouldBe(
            ["id|bigint", $"{field}|bigint", "ID_as_integral|bigint", "anomaly_uuid_as_text|text", "_qualytics_source_partition|text", "anomaly_uuid|text"]);
    }
}
