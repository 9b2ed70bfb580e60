using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Containers;

public sealed class JoinQueryTests(AssayServer assay)
{
    private const string Shop = """
        CREATE TABLE orders (id int PRIMARY KEY, customer int, amount numeric(10,2)); INSERT INTO orders VALUES (1, 1, 10), (2, 1, 20.5), (3, 2, 5), (4, 9, 1);
        CREATE TABLE customers (id int PRIMARY KEY, name text); INSERT INTO customers VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cy');
        """;

    [Fact]
    public async Task ThreeSourcesOfTwoDatastores_AreJoined_Profiled_AndChanged()
    {
        var (shop, regions) = await Sources();
        var body = await Body(shop, regions, """
            SELECT coalesce(r.region, 'unknown') AS region, c.name, sum(amount) AS total, count(*) orders_count
            FROM o LEFT JOIN c ON c.id = o.customer LEFT OUTER JOIN r ON r.customer = o.customer
            WHERE o.amount > 1 GROUP BY 1, c.name HAVING sum(amount) > 4 ORDER BY total DESC LIMIT 10
            """);
        (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = body.DeepClone() })).Expect(204);

        var made = (await assay.Admin.Post("/api/containers", body)).Expect(200);

        ((long)made.Json["datastore"]!["id"]!).ShouldBe(shop);
        made.Json["sources"]!.AsArray().Select(s => (string?)s!["alias"]).ShouldBe(["o", "r", "c"]);
        made.Json["left_prefix"].ShouldBeNull();
        var run = (await assay.Admin.Get($"/api/operations?datastore={shop}&operation_type=profile&sort_created=desc&size=1")).Expect(200).Json["items"]![0]!;
        ((string?)(await assay.UntilEnded((long)run["id"]!))["result"]).ShouldBe("success");
        (await assay.FieldProfiles(made.Id)).Keys.ShouldBe(["region", "name", "total", "orders_count"], ignoreOrder: true);
        (await Rows(made.Id)).ShouldBe(["""{"region":"north","name":"Ann","total":30.50,"orders_count":2}""", """{"region":"south","name":"Bob","total":5.00,"orders_count":1}"""], ignoreOrder: true);

        // Left out, query and sources stay.
        var renamed = (await assay.Admin.Put($"/api/containers/{made.Id}", new JsonObject { ["container_type"] = "computed_join", ["name"] = "renamed" })).Expect(200);
        ((string?)renamed.Json["query"]).ShouldStartWith("SELECT coalesce");
        var changed = (await assay.Admin.Put($"/api/containers/{made.Id}", new JsonObject { ["container_type"] = "computed_join", ["name"] = "renamed", ["query"] = "SELECT o.id, c.*, r.region FROM o, c CROSS JOIN r WHERE o.id = c.id AND r.customer = 1 ORDER BY o.id" })).Expect(422);
        changed.Errors().ShouldContain(e => e.Loc == "body.query" && e.Msg.Contains("'id'"));
        (await assay.Admin.Put($"/api/containers/{made.Id}", new JsonObject { ["container_type"] = "computed_join", ["name"] = "renamed", ["query"] = "SELECT o.id order_id, c.*, region FROM o, c CROSS JOIN r WHERE o.id = c.id AND r.customer = 1" })).Expect(200);
        (await Rows(made.Id)).Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("SELECT o.id FROM o JOIN c ON c.id = o.id", "not read")]
    [InlineData("SELECT o.nothing FROM o, c, r", "'o.nothing' is not a field")]
    [InlineData("SELECT id FROM o, c, r", "'id' is not a field")]
    [InlineData("SELECT o.id FROM o, c, r, x", "no source")]
    [InlineData("SELECT o.id FROM o, c, r; DROP TABLE orders", "statement")]
    [InlineData("SELECT * FROM file('/etc/passwd')", "not expected")]
    [InlineData("SELECT file('/etc/passwd') AS a FROM o, c, r", "file")]
    [InlineData("SELECT o.id FROM (SELECT 1) o, c, r", "sub-query")]
    [InlineData("SELECT o.id FROM o, c, r UNION SELECT 1", "not expected")]
    [InlineData("SELECT o.id FROM o, c, r SETTINGS max_threads = 1", "not expected")]
    [InlineData("WITH a AS (SELECT 1) SELECT * FROM a", "SELECT is expected")]
    [InlineData("SELECT o.id FROM o JOIN c ON", "ends too early")]
    [InlineData("SELECT o.customer, sum(o.amount) AS total FROM o, c, r", "GROUP BY")]
    public async Task AQueryThatCannotBeMeant_IsRefusedWithAReason(string query, string reason)
    {
        var (shop, regions) = await Sources();

        var refused = await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = await Body(shop, regions, query) });

        refused.Expect(422).Errors().ShouldContain(e => e.Loc == "body.query" && e.Msg.Contains(reason), refused.Text);
    }

    [Fact]
    public async Task SourcesThatCannotBe_AreNamed()
    {
        var (shop, regions) = await Sources();
        var body = await Body(shop, regions, "SELECT o.id FROM o, c, r");
        JsonObject With(Action<JsonArray> change)
        {
            var changed = (JsonObject)body.DeepClone();
            change(changed["sources"]!.AsArray());
            return new JsonObject { ["container"] = changed };
        }

        (await assay.Admin.Post("/api/containers/validate", With(s => s[1]!["alias"] = "O"))).Expect(422).Errors().ShouldContain(e => e.Loc == "body.sources.1.alias");
        (await assay.Admin.Post("/api/containers/validate", With(s => s[2]!["datastore_id"] = regions))).Expect(422).Errors().ShouldContain(e => e.Loc == "body.sources.2.datastore_id");
        (await assay.Admin.Post("/api/containers/validate", With(s => s[1]!["container_id"] = 987654321))).Expect(404);
        (await assay.Admin.Post("/api/containers/validate", With(s => s.Clear()))).Expect(422).Errors().ShouldContain(e => e.Loc == "body.sources");
    }

    private async Task<(long Shop, long Regions)> Sources()
    {
        var (shop, _) = await assay.SyncedPostgres(Shop);
        var regions = await assay.RegisterFiles(folder => File.WriteAllText(Path.Combine(folder, "regions.csv"), "customer,region\n1,north\n2,south\n"));
        await assay.SyncWell(regions);
        return (shop, regions);
    }

    private async Task<JsonObject> Body(long shop, long regions, string query) => new()
    {
        ["container_type"] = "computed_join",
        ["name"] = "by region",
        ["query"] = query,
        ["sources"] = new JsonArray(
            new JsonObject { ["container_id"] = await assay.ContainerId(shop, "orders"), ["datastore_id"] = shop, ["alias"] = "o", ["ordinal"] = 0 },
            new JsonObject { ["container_id"] = await assay.ContainerId(regions, "regions.csv"), ["alias"] = "r", ["ordinal"] = 2 },
            new JsonObject { ["container_id"] = await assay.ContainerId(shop, "customers"), ["alias"] = "c", ["ordinal"] = 1 }),
    };

    private async Task<string[]> Rows(long container) =>
        [.. (await assay.Admin.Get($"/api/containers/{container}/preview")).Expect(200).Json["rows"]!.AsArray().Select(r => r!.ToJsonString())];
}
