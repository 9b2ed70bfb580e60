using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Exports;

/// <summary>What exports write into an enrichment store, read back with a plain PostgreSQL client.</summary>
public sealed class ExportTests(AssayServer assay)
{
    private static JsonObject Export(long datastore, string asset, JsonObject? with = null) =>
        new JsonObject { ["type"] = "export", ["datastore_id"] = datastore, ["asset_type"] = asset }.With(with ?? []);

    private static string Columns(PostgresTarget _, string table) =>
        $"SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_name = '{table}' ORDER BY column_name";

    [Fact]
    public async Task Anomalies_AreATable_WithTheColumnsOfTheContract()
    {
        var (datastore, container) = await assay.SeedOrders();
        var check = await assay.CreateCheck(container, "notNull", ["name"]);
        var anomaly = await assay.SeedAnomaly(container, check.Id, """{"name":null}""");
        var archived = await assay.SeedAnomaly(container, check.Id);
        (await assay.Admin.Delete($"/api/anomalies/{archived}?status=Invalid")).Expect(204);
        var (tag, other) = (People.Unique("a tag"), People.Unique("b tag"));
        (await assay.Admin.Put($"/api/anomalies/{anomaly}", new JsonObject { ["tags"] = new JsonArray(other, tag) })).Expect(200);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "my prefix");

        var operation = await assay.RunWell(Export(datastore, "anomalies"));

        ((string?)operation["asset_type"], (bool?)operation["include_deleted"], (bool?)operation["include_masked"]).ShouldBe(("anomalies", false, false));
        var status = operation["status"]!;
        ((long)status["total_containers"]!, (long)status["containers_analyzed"]!, (long)status["records_processed"]!).ShouldBe((1, 1, 1));
        (await target.Query(Columns(target, "_my_prefix_export_anomalies"))).ShouldBe(
        [
            "container_id bigint", "created timestamp with time zone", "datastore_id bigint", "generated_at timestamp with time zone", "global_tags text", "id bigint",
            "source_container text", "source_datastore text", "status text", "type text", "uuid text",
        ]);
        var shown = (await assay.Admin.Get($"/api/anomalies/{anomaly}")).Json;
        (await target.Query("SELECT id, uuid, type, status, global_tags, container_id, source_container, datastore_id, source_datastore, generated_at >= created FROM _my_prefix_export_anomalies")).ShouldBe(
            [$"{anomaly}|{shown["uuid"]}|record|Active|{tag},{other}|{container}|{shown["container"]!["name"]}|{datastore}|{shown["datastore"]!["name"]}|true"]);

        await assay.RunWell(Export(datastore, "anomalies", new() { ["include_deleted"] = true }));
        (await target.Query("SELECT id, status FROM _my_prefix_export_anomalies ORDER BY id")).ShouldBe([$"{anomaly}|Active", $"{archived}|Invalid"]);
        await assay.RunWell(Export(datastore, "anomalies"));
        (await target.Query("SELECT id FROM _my_prefix_export_anomalies")).ShouldBe([$"{anomaly}"]);
    }

    [Fact]
    public async Task Checks_AreATable_OfTheContainersWanted()
    {
        var (datastore, container) = await assay.SeedOrders();
        var second = await assay.SeedTable(datastore, ("id", "Integral"), ("code", "String"));
        var hostile = "O'Brien\tsaid: \\N \"quoted\"\nnext line, ünïcödé 🚀";
        var check = await assay.CreateCheck(container, "between", ["price"], """{"min": 1, "max": 5, "inclusive_min": true, "inclusive_max": true}""", new()
        {
            ["description"] = hostile,
            ["filter"] = "id > 3",
            ["coverage"] = 0.5,
            ["additional_metadata"] = new JsonObject { ["owner"] = "it's me" },
            ["tags"] = new JsonArray(People.Unique("tag")),
        });
        var other = await assay.CreateCheck(second, "unique", ["id", "code"]);
        var archived = await assay.CreateCheck(container, "notNull", ["email"]);
        (await assay.Admin.Delete($"{AllChecks}/{archived.Id}")).Expect(204);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "c");

        await assay.RunWell(Export(datastore, "checks"));

        (await target.Query("SELECT id FROM _c_export_checks ORDER BY id")).ShouldBe([$"{check.Id}", $"{other.Id}"]);
        (await target.Query(Columns(target, "_c_export_checks"))).ShouldBe(
        [
            "additional_metadata text", "container_id bigint", "coverage double precision", "created text", "datastore_id bigint", "deleted_at text", "description text", "fields text",
            "filter text", "generated_at text", "global_tags text", "has_passed boolean", "id bigint", "inferred boolean", "is_new boolean", "is_template boolean", "last_asserted text",
            "last_editor text", "last_updated text", "num_container_scans bigint", "properties text", "rule_type text", "source_container text", "source_datastore text",
            "template_id bigint", "weight double precision",
        ]);
        (await target.Query($"""
            SELECT description, fields, filter, coverage, properties::jsonb ->> 'max', additional_metadata::jsonb ->> 'owner', rule_type, is_new, inferred, is_template, has_passed, deleted_at, created, weight
            FROM _c_export_checks WHERE id = {check.Id}
            """)).ShouldBe([$"{hostile}|price|id > 3|0.5|5|it's me|between|true|false|false|NULL|NULL|{check.Json["created"]}|{check.Json["weight"]}"]);
        (await target.Query("SELECT DISTINCT generated_at ~ '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\+0000$' FROM _c_export_checks")).ShouldBe(["true"]);

        (await target.Query($"SELECT fields FROM _c_export_checks WHERE id = {other.Id}")).ShouldBe(["id,code"]);

        var some = await assay.RunWell(Export(datastore, "checks", new() { ["container_ids"] = new JsonArray(second) }));
        some["containers"]!.AsArray().Select(c => (long)c!["id"]!).ShouldBe([second]);
        (await target.Query("SELECT id FROM _c_export_checks")).ShouldBe([$"{other.Id}"]);
        await assay.RunWell(Export(datastore, "checks", new() { ["include_deleted"] = true }));
        (await target.Query("SELECT id, deleted_at IS NULL FROM _c_export_checks ORDER BY id")).ShouldBe([$"{check.Id}|true", $"{other.Id}|true", $"{archived.Id}|false"]);
        var tag = People.Unique("table tag");
        (await assay.Admin.Patch("/api/containers", new JsonArray(new JsonObject { ["id"] = container, ["tags"] = new JsonArray(tag) }))).Expect(200);
        await assay.RunWell(Export(datastore, "checks", new() { ["container_tags"] = new JsonArray(tag) }));
        (await target.Query("SELECT id FROM _c_export_checks")).ShouldBe([$"{check.Id}"]);
    }

    [Fact]
    public async Task Profiles_LeaveOutMaskedValues_UnlessTheyAreAskedFor_WhichIsWrittenDown()
    {
        var (datastore, _) = await assay.SyncedPostgres("""
            CREATE TABLE people (id int, city text, salary int, born date);
            INSERT INTO people SELECT i, 'city ' || i % 3, 1000 * i, date '2020-01-01' + i FROM generate_series(1, 30) i
            """);
        await assay.ProfileWell(datastore);
        var people = await assay.ContainerId(datastore, "people");
        var profiles = await assay.FieldProfiles(people);
        (await assay.Admin.Patch("/api/fields", new JsonArray(new JsonObject { ["id"] = (long)profiles["salary"]["field_id"]!, ["status"] = "masked" }))).Expect(200);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "f");
        const string shown = "SELECT field_name, field_type, completeness, min, max, histogram_buckets, kll IS NULL FROM _f_export_field_profiles WHERE field_name IN ('city', 'salary') ORDER BY 1";

        await assay.RunWell(Export(datastore, "profiles"));

        (await target.Query("SELECT field_name, name, source_container, container_store_type, datastore_type FROM _f_export_field_profiles ORDER BY 1")).ShouldBe(
            ["born|born|people|table|postgresql", "city|city|people|table|postgresql", "id|id|people|table|postgresql", "salary|salary|people|table|postgresql"]);
        (await target.Query("SELECT min, max FROM _f_export_field_profiles WHERE name = 'born'")).ShouldBe(["1577923200|1580428800"]);
        var hidden = await target.Query(shown);
        hidden[1].ShouldBe("salary|Integral|1|NULL|NULL|[]|true");
        JsonNode.Parse(hidden[0].Split('|')[5])!.AsArray().Count.ShouldBe(3);

        var operation = await assay.RunWell(Export(datastore, "profiles", new() { ["include_masked"] = true }));

        ((bool?)operation["include_masked"]).ShouldBe(true);
        (await target.Query(shown))[1].ShouldStartWith("salary|Integral|1|1000|30000|");
        var log = (await assay.Admin.Get($"/api/audit-logs/masking?resource_type=field_profile&action=export&resource_id={profiles["salary"]["id"]}")).Expect(200).Json["items"]!.AsArray();
        log.Count.ShouldBe(1);
        log[0]!["fields"]!.ToJsonString().ShouldBe("""["salary"]""");
        ((long)log[0]!["user_id"]!).ShouldBe((long)(await assay.Admin.Get("/api/users/me")).Json["id"]!);
    }

    [Fact]
    public async Task Templates_AreATableWithoutAPrefix_ThroughEitherRoute()
    {
        var (first, second) = (await Template(), await Template());
        var target = await assay.PostgresTarget();
        var body = new JsonObject { ["type"] = "global_export", ["asset_type"] = "check_templates", ["enrichment_datastore_id"] = target.Id, ["template_ids"] = new JsonArray(first) };

        var operation = await assay.RunWell(body);

        ((string?)operation["type"], (long?)operation["enrichment_datastore_id"], (long?)operation["status"]!["records_processed"]).ShouldBe(("global_export", target.Id, 1L));
        (await target.Query("SELECT id, template_checks_count, template_locked, is_template FROM _export_check_templates")).ShouldBe([$"{first}|0|false|true"]);
        (await target.Query(Columns(target, "_export_check_templates"))).ShouldBe(
        [
            "additional_metadata text", "coverage double precision", "created text", "deleted_at text", "description text", "fields text", "filter text", "generated_at text",
            "global_tags text", "id bigint", "is_new boolean", "is_template boolean", "last_editor text", "last_updated text", "properties text", "rule_type text",
            "template_checks_count bigint", "template_locked boolean", "weight double precision",
        ]);
        (await assay.Admin.Post($"/api/export/check-templates?enrich_datastore_id={target.Id}&template_ids={first}&template_ids={second}")).Expect(204);
        await Ended(target.Id);
        (await target.Query("SELECT id FROM _export_check_templates ORDER BY id")).ShouldBe([$"{first}", $"{second}"]);
        (await assay.Admin.Get($"/api/operations?datastore={target.Id}&operation_type=global_export")).Expect(200).Json["total"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task OlderRoutes_StartTheSameExports()
    {
        var (datastore, container) = await assay.SeedOrders();
        var check = await assay.CreateCheck(container, "notNull", ["name"]);
        await assay.SeedAnomaly(container, check.Id);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "legacy");

        foreach (var asset in new[] { "anomalies", "checks", "field-profiles" })
        {
            (await assay.Admin.Post($"/api/export/{asset}?datastore={datastore}&containers={container}")).Expect(204).Text.ShouldBeEmpty();
            await Ended(datastore);
        }

        (await target.Query("SELECT table_name FROM information_schema.tables WHERE table_name LIKE '\\_legacy%' ORDER BY 1")).ShouldBe(
            ["_legacy_export_anomalies", "_legacy_export_checks", "_legacy_export_field_profiles"]);
        (await target.Query("SELECT id FROM _legacy_export_checks")).ShouldBe([$"{check.Id}"]);
    }

    [Fact]
    public async Task Columns_ThatSomebodyAdded_StayAndMissingOnesAreAdded()
    {
        var (datastore, container) = await assay.SeedOrders();
        var check = await assay.CreateCheck(container, "notNull", ["name"]);
        var target = await assay.PostgresTarget();
        await assay.LinkEnrichment(datastore, target.Id, "drift");
        await target.Run($"CREATE TABLE _drift_export_checks (id bigint, mine text DEFAULT 'mine'); INSERT INTO _drift_export_checks VALUES (1); GRANT ALL ON _drift_export_checks TO {target.Role.Name}; ALTER TABLE _drift_export_checks OWNER TO {target.Role.Name}");

        await assay.RunWell(Export(datastore, "checks"));

        (await target.Query("SELECT id, mine, rule_type FROM _drift_export_checks")).ShouldBe([$"{check.Id}|mine|notNull"]);
    }

    private async Task<long> Template() => (await assay.Admin.Post("/api/quality-check-templates",
        new JsonObject { ["rule"] = "notNull", ["description"] = People.Unique("template"), ["template_locked"] = false })).Expect(200).Id;

    private async Task Ended(long datastore)
    {
        var latest = (await assay.Admin.Get($"/api/operations?datastore={datastore}&size=1")).Expect(200).Json["items"]![0]!;
        ((string?)(await assay.UntilEnded((long)latest["id"]!))["result"]).ShouldBe("success");
    }
}
