using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Scores;

/// <summary>Scores of fields, containers and datastores after real scans and profiles, against figures worked out by hand.</summary>
public sealed class ScoreTests(AssayServer assay)
{
    private const string Tables = """
        CREATE TABLE orders (id bigint PRIMARY KEY, price numeric(12,2), note text);
        INSERT INTO orders SELECT i, CASE WHEN i <= 5 THEN -i ELSE i END, CASE WHEN i <= 20 THEN NULL ELSE 'n' || i END FROM generate_series(1, 100) i;
        CREATE TABLE customers (id bigint PRIMARY KEY);
        INSERT INTO customers SELECT i FROM generate_series(1, 10) i;
        """;

    [Fact]
    public async Task ScanAndProfile_GiveFieldsContainersAndTheDatastoreTheScoresOfTheContract()
    {
        var (datastore, _) = await assay.Synced(Tables);
        var (orders, customers) = (await assay.ContainerId(datastore, "orders"), await assay.ContainerId(datastore, "customers"));
        (await assay.Admin.Get($"/api/datastores/{datastore}")).Json["metrics"]!["quality_score"].ShouldBeNull();
        (await assay.Admin.Get($"/api/datastores/{datastore}/quality-scores")).Expect(200).Json.AsArray().ShouldBeEmpty();
        await assay.CreateCheck(orders, "notNegative", ["price"]);
        await assay.CreateCheck(orders, "between", ["price"], """{"min": -1000, "max": 1000, "inclusive_min": true, "inclusive_max": true}""");
        await assay.CreateCheck(orders, "notNull", ["note"], null, new() { ["coverage"] = 0.5 });
        await assay.ProfileWell(datastore, new() { ["ai_effort"] = "off" });
        await assay.Scan(datastore);

        var container = await assay.ContainerScore(orders, s => s["precision"] is not null);
        var fields = await assay.FieldScores(orders);
        var price = fields["price"]!;
        (price.Number("completeness"), price.Number("coverage"), price.Number("precision"), price.Number("accuracy"), price.Number("conformity")).ShouldBe((100, 84, 95, 95, 100));
        (price["consistency"], price["timeliness"], price["volumetrics"]).ShouldBe((null, null, null));
        (fields["note"]!.Number("completeness"), fields["note"]!.Number("coverage")).ShouldBe((80, 60));
        fields["id"]!.Number("coverage").ShouldBe(0);
        // Means over the three fields; coverage as far as one scan goes.
        container.Number("completeness").ShouldBe(93.3333, 1e-4);
        container.Number("coverage").ShouldBe((84 + 60 + 0) / 3.0 * 0.6, 1e-4);
        container.Number("precision").ShouldBe(98.3333, 1e-4);
        var scores = new[] { "completeness", "coverage", "conformity", "precision", "accuracy" }.Select(d => container.Number(d)).ToArray();
        container.Number("total").ShouldBe(70 * scores.Aggregate(1.0, (f, s) => f * Math.Max(0.5, Math.Pow(s / 70, 1.0 / scores.Length))), 1e-3);

        var other = await assay.ContainerScore(customers, s => s["completeness"] is not null); // without a check nothing of it was read
        var whole = await assay.DatastoreScore(datastore, s => Math.Abs(s.Number("total") - (container.Number("total") + other.Number("total")) / 2) < 1e-3);
        // Containers count by their tags: 3 and 1.
        var tag = (await assay.Admin.Post("/api/global-tags", new JsonObject { ["name"] = People.Unique("heavy"), ["type"] = "global", ["weight_modifier"] = 3 })).Expect(200).Json;
        var light = (await assay.Admin.Post("/api/global-tags", new JsonObject { ["name"] = People.Unique("light"), ["type"] = "global", ["weight_modifier"] = 1 })).Expect(200).Json;
        await assay.Admin.Patch("/api/containers", new JsonArray(
            new JsonObject { ["id"] = orders, ["tags"] = new JsonArray(tag["name"]!.DeepClone()) }, new JsonObject { ["id"] = customers, ["tags"] = new JsonArray(light["name"]!.DeepClone()) }));
        await assay.DatastoreScore(datastore, s => Math.Abs(s.Number("total") - (container.Number("total") * 3 + other.Number("total")) / 4) < 1e-3);
        await assay.Admin.Put($"/api/global-tags/{tag["name"]}", new JsonObject { ["weight_modifier"] = 1 });
        await assay.DatastoreScore(datastore, s => Math.Abs(s.Number("total") - whole.Number("total")) < 1e-3);

        var days = (await assay.Admin.Get($"/api/datastores/{datastore}/quality-scores")).Expect(200).Json.AsArray();
        days.Count.ShouldBe(1);
        ((string)days[0]!["date"]!).ShouldBe(DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        days[0]!.Number("total").ShouldBe(whole.Number("total"), 1e-3);
        (await assay.Admin.Get($"/api/containers/{orders}/quality-scores")).Expect(200).Json.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnomaliesAndChecks_ThatComeAndGo_ChangeTheScore()
    {
        var (datastore, database) = await assay.Synced(Tables);
        var orders = await assay.ContainerId(datastore, "orders");
        var check = await assay.CreateCheck(orders, "notNegative", ["price"]);
        var rows = await assay.CreateCheck(orders, "maxPartitionSize", [], """{"value": 10}""");
        await assay.Scan(datastore, new() { ["container_names"] = new JsonArray("orders") });
        await assay.ContainerScore(orders, s => s["volumetrics"] is { } v && (double)v == 60); // one anomaly
        var first = (await assay.Anomalies(datastore)).First(a => (string)a["type"]! == "record");

        (await assay.Admin.Delete($"/api/anomalies/{first["id"]}?status=Invalid")).Expect(204);
        await assay.ContainerScore(orders, s => Math.Abs(s.Number("precision") - (100 + 100 + 96) / 3.0) < 1e-3);
        (await assay.Admin.Post($"/api/anomalies/{first["id"]}/restore")).Expect(200);
        await assay.ContainerScore(orders, s => Math.Abs(s.Number("precision") - (100 + 100 + 95) / 3.0) < 1e-3);
        (await assay.Admin.Delete($"/api/quality-checks/{rows.Id}?archive=true&delete_anomalies=true")).Expect(204);
        await assay.ContainerScore(orders, s => s["volumetrics"] is null);
        (await assay.Admin.Delete($"/api/quality-checks/{check.Id}?archive=false")).Expect(204);
        await assay.ContainerScore(orders, s => s.Number("coverage") == 0 && s.Number("precision") == 100);
        await Syncing.RunSql(database, "TRUNCATE orders"); // the last profile says nothing of completeness any more, but the scan counted
        (await assay.Admin.Delete($"/api/containers/{orders}")).Expect(204);
        (await assay.Admin.Get($"/api/datastores/{datastore}")).Json["metrics"]!["active_anomalies"]!.GetValue<long>().ShouldBe(0);
    }

    [Fact]
    public async Task Settings_ChangePartly_NullResets_AndTheScoreFollows()
    {
        var (datastore, _) = await assay.Synced(Tables);
        var orders = await assay.ContainerId(datastore, "orders");
        await assay.CreateCheck(orders, "notNegative", ["price"]);
        await assay.Scan(datastore);
        await assay.ContainerScore(orders, s => s["precision"] is not null);
        foreach (var owner in new[] { $"/api/datastores/{datastore}", $"/api/containers/{orders}" })
        {
            var path = $"{owner}/score-settings";
            var fresh = (await assay.Admin.Get(path)).Expect(200).Json;
            ((long)fresh["decay_period_days"]!, fresh["accuracy_weight"]).ShouldBe((180, null));
            var all = new JsonObject { ["decay_period_days"] = 30 };
            foreach (var dimension in new[] { "completeness", "coverage", "conformity", "consistency", "precision", "timeliness", "volumetrics", "accuracy" })
                all[$"{dimension}_weight"] = dimension == "precision" ? 2 : 0;
            (await assay.Admin.Put(path, all)).Expect(200);
            var changed = (await assay.Admin.Put(path, new JsonObject { ["decay_period_days"] = null })).Expect(200).Json;
            ((long)changed["decay_period_days"]!, (double)changed["precision_weight"]!, (double)changed["accuracy_weight"]!).ShouldBe((180, 2, 0));
        }
        // Only precision counts: it is the score.
        await assay.ContainerScore(orders, s => s.Number("total") == s.Number("precision"));
        await assay.DatastoreScore(datastore, s => Math.Abs(s.Number("total") - s.Number("precision")) < 1e-3);
        await assay.Admin.Put($"/api/containers/{orders}/score-settings", new JsonObject { ["accuracy_weight"] = null });
        await assay.ContainerScore(orders, s => s["total"] is not null);
        ((double?)(await assay.Admin.Get($"/api/containers/{orders}/score-settings")).Json["accuracy_weight"]).ShouldBeNull();

        foreach (var (name, value) in new (string, JsonNode)[] { ("decay_period_days", 6), ("decay_period_days", 181), ("accuracy_weight", 2.1), ("accuracy_weight", -0.1), ("accuracy_weight", "much") })
            (await assay.Admin.Put($"/api/datastores/{datastore}/score-settings", new JsonObject { [name] = value })).Expect(422).Errors()[0].Loc.ShouldBe($"body.{name}");
        foreach (var unknown in new[] { "/api/datastores/999999999", "/api/containers/999999999" })
        {
            (await assay.Admin.Get($"{unknown}/score-settings")).Expect(404);
            (await assay.Admin.Get($"{unknown}/quality-scores")).Expect(404);
        }
    }
}
