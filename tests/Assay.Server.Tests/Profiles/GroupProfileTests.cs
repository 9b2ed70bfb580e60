using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Profiles;

public sealed class GroupProfileTests(AssayServer assay)
{
    private const string Orders = """
        CREATE TABLE orders AS SELECT g AS id, CASE g % 3 WHEN 0 THEN 'it''s' WHEN 1 THEN 'fr' END AS country, date '2024-01-01' + g % 2 AS day, g % 3 * 1000 + g AS amount
        FROM generate_series(1, 300) g;
        """;

    [Fact]
    public async Task Groups_AreProfiledEach_AndTheirChecksCarryTheFilter()
    {
        var (datastore, database) = await assay.SyncedPostgres(Orders);
        var container = await assay.ContainerId(datastore, "orders");
        await Group(container, new JsonArray(new JsonArray("country"), new JsonArray("country", "day")));
        await Syncing.RunSql(database, "SELECT pg_stat_reset()");

        var operation = await assay.ProfileWell(datastore);

        var profiles = (await assay.Admin.Get($"/api/container-profiles?container={container}&size=100")).Expect(200).Json["items"]!.AsArray();
        var whole = profiles.Single(p => p!["parent_profile_id"] is null)!;
        ((long)whole["records_processed"]!).ShouldBe(300);
        var groups = profiles.Where(p => p!["parent_profile_id"] is not null).ToDictionary(p => (string)p!["filter"]!, p => p!);
        groups.Keys.ShouldBe(
        [
            "`country` = 'fr'", @"`country` = 'it\'s'", "`country` IS NULL",
            .. from c in (string[])["`country` = 'fr'", @"`country` = 'it\'s'", "`country` IS NULL"] from d in (string[])["2024-01-01", "2024-01-02"] select $"{c} AND `day` = DATE '{d}'",
        ], ignoreOrder: true);
        groups.Values.ShouldAllBe(p => (long?)p["parent_profile_id"] == (long?)whole["id"]);
        ((long)groups["`country` = 'fr'"]["records_processed"]!).ShouldBe(100);
        var amount = (await assay.Admin.Get($"/api/container-profiles/{(long)groups["`country` = 'fr'"]["id"]!}/field-profiles/amount")).Expect(200).Json;
        ((long?)amount["min"]).ShouldBe(1001);
        // The container's own figures are those of all rows.
        ((long?)(await assay.FieldProfiles(container))["amount"]["max"]).ShouldBe(2299);
        (await assay.Admin.Get($"/api/fields/{(long)amount["field_id"]!}/field-profiles")).Expect(200).Json.AsArray().Count.ShouldBe(1);

        var checks = (await assay.Admin.Get($"/api/quality-checks?container={container}&size=100")).Expect(200).Json["items"]!.AsArray();
        checks.Count.ShouldBeGreaterThan(0);
        checks.ShouldAllBe(c => groups.ContainsKey((string)c!["filter"]!));
        (await Eventually(database, "orders", 300)).ShouldBe(300);
        ((long)operation["status"]!["records_processed"]!).ShouldBe(300);
        var scan = await assay.ScanToEnd(datastore);
        ((string?)scan["result"]).ShouldBe("success", scan.ToJsonString());
        (await assay.Anomalies(datastore)).ShouldBeEmpty();
    }

    [Fact]
    public async Task TooManyGroups_AreProfiledInPart_AndThatIsSaid()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE many AS SELECT g AS id, 'x' AS t FROM generate_series(1, 130) g");
        var container = await assay.ContainerId(datastore, "many");
        await Group(container, new JsonArray(new JsonArray("id")));

        var operation = await assay.Profile(datastore);

        ((string?)operation["result"]).ShouldBe("success");
        ((string?)operation["message"])!.ShouldContain("130 groups, of which the 100 largest");
        ((long)(await assay.Admin.Get($"/api/container-profiles?container={container}")).Expect(200).Json["total"]!).ShouldBe(101);
    }

    private async Task Group(long container, JsonArray groups) => (await assay.Admin.Put($"/api/containers/{container}",
        new JsonObject { ["container_type"] = "table", ["group_by_fields"] = groups })).Expect(200);

    private static async Task<long> Eventually(string database, string table, long rows)
    {
        for (var i = 0; ; i++)
        {
            var read = await Syncing.Scalar(database, $"SELECT coalesce(sum(seq_tup_read), 0)::bigint FROM pg_stat_user_tables WHERE relname = '{table}'");
            if (read >= rows || i == 600) return read;
            await Task.Delay(50);
        }
    }
}
