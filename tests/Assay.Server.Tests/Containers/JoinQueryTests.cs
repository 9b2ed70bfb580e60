using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Containers;

public sealed class JoinQueryTests(AssayServer assay)
{
    [Fact]
    public async Task ThreeSourcesOfTwoDatastores_AreJoined_Profiled_AndChanged()
    {
        var (shop, regions) = await assay.Shop();
        var body = await assay.JoinQuery(shop, regions, """
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
        (await assay.PreviewRows(made.Id)).ShouldBe(["""{"region":"north","name":"Ann","total":30.50,"orders_count":2}""", """{"region":"south","name":"Bob","total":5.00,"orders_count":1}"""], ignoreOrder: true);

        // Left out, query and sources stay.
        var renamed = (await assay.Admin.Put($"/api/containers/{made.Id}", new JsonObject { ["container_type"] = "computed_join", ["name"] = "renamed" })).Expect(200);
        ((string?)renamed.Json["query"]).ShouldStartWith("SELECT coalesce");
        var changed = (await assay.Admin.Put($"/api/containers/{made.Id}", new JsonObject { ["container_type"] = "computed_join", ["name"] = "renamed", ["query"] = "SELECT o.id, c.*, r.region FROM o, c CROSS JOIN r WHERE o.id = c.id AND r.customer = 1 ORDER BY o.id" })).Expect(422);
        changed.Errors().ShouldContain(e => e.Loc == "body.query" && e.Msg.Contains("'id'"));
        (await assay.Admin.Put($"/api/containers/{made.Id}", new JsonObject { ["container_type"] = "computed_join", ["name"] = "renamed", ["query"] = "SELECT o.id order_id, c.*, region FROM o, c CROSS JOIN r WHERE o.id = c.id AND r.customer = 1" })).Expect(200);
        (await assay.PreviewRows(made.Id)).Length.ShouldBe(3);
    }

    [Fact]
    public async Task QueriesWithinQueries_AreReadLikeSources()
    {
        var (shop, regions) = await assay.Shop();
        var made = (await assay.Admin.Post("/api/containers", await assay.JoinQuery(shop, regions, """
            WITH totals AS (SELECT customer, sum(amount) AS total FROM o GROUP BY customer),
                 known AS (SELECT t.customer, t.total, n.name FROM totals t JOIN (SELECT id, upper(name) AS name FROM c WHERE id < 3) AS n ON n.id = t.customer)
            SELECT name AS who, total FROM known
            UNION ALL SELECT region, sum(o.amount) FROM r JOIN o ON o.customer = r.customer GROUP BY region
            UNION SELECT concat('customer ', cast(t.customer AS string)), t.total FROM totals t LEFT ANTI JOIN r ON r.customer = t.customer
            ORDER BY total DESC, 1 LIMIT 5
            """))).Expect(200);
        await assay.UntilEnded((long)(await assay.Admin.Get($"/api/operations?datastore={shop}&operation_type=profile&sort_created=desc&size=1")).Expect(200).Json["items"]![0]!["id"]!);

        (await assay.PreviewRows(made.Id)).Select(r => r.Replace(".50", ".5").Replace(".00", "")).ShouldBe(
        [
            """{"who":"ANN","total":30.5}""", """{"who":"north","total":30.5}""", """{"who":"BOB","total":5}""", """{"who":"south","total":5}""", """{"who":"customer 9","total":1}""",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task MaskedValues_AreFollowedThroughQueriesWithinQueries()
    {
        var (shop, regions) = await assay.Shop();
        var made = await assay.Admin.Post("/api/containers", await assay.JoinQuery(shop, regions, """
            WITH named AS (SELECT id, name AS called FROM c), both AS (SELECT n.id, n.called, length(n.called) AS letters FROM named n)
            SELECT b.id, b.called, b.letters, o.amount FROM both b, o, r
            UNION ALL SELECT x.id, 'nobody', 0, x.amount FROM (SELECT id, amount FROM o) x
            """));
        made.Expect(200);
        var name = (await assay.Admin.Get($"/api/fields?container={await assay.ContainerId(shop, "customers")}&name=name")).Json["items"]![0]!["id"]!;

        (await assay.Admin.Put($"/api/fields/{name}", new JsonObject { ["status"] = "masked" })).Expect(200);

        var fields = (await assay.Admin.Get($"/api/containers/{made.Id}/fields")).Expect(200).Json["items"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => (string)f!["status"]!);
        fields.Where(f => f.Value == "masked").Select(f => f.Key).Order().ShouldBe(["called", "letters"]);
        (await assay.PreviewRows(made.Id)).ShouldAllBe(r => !r.Contains("Ann") && !r.Contains("Bob"));
        // That values are equal, as they are, may be told.
        foreach (var query in new[] { "SELECT c.name, count(*) AS n FROM c, o, r GROUP BY c.name", "SELECT count(*) AS n FROM (SELECT DISTINCT name FROM c) x, o, r", "SELECT c.id FROM c JOIN c d ON d.name = c.name, o, r" })
            (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = (await assay.JoinQuery(shop, regions, query)).With(new JsonObject { ["name"] = "other" }) })).Expect(204);
        // No condition may tell what is masked, wherever it stands.
        foreach (var query in new[]
        {
            "SELECT x.id FROM (SELECT id FROM c WHERE name = 'Ann') x, o, r", "WITH x AS (SELECT id, upper(name) AS n FROM c) SELECT x.id FROM x, o, r WHERE x.n = 'ANN'",
            "SELECT id FROM o UNION SELECT c.id FROM c, r WHERE c.name = 'Ann'", "SELECT x.id FROM (SELECT id, max(name) AS n FROM c GROUP BY id HAVING max(name) > 'A') x, o, r",
            "SELECT o.id FROM o JOIN c ON c.id = o.id AND c.name = 'Ann', r", "SELECT o.id FROM o JOIN (SELECT id, 'Ann' AS guess FROM r JOIN o ON o.id = r.customer) g ON g.id = o.id JOIN c ON c.name = g.guess",
            "SELECT c.id FROM c, o, r ORDER BY c.name LIMIT 1", "SELECT x.id FROM (SELECT id, name FROM c UNION SELECT id, 'n' FROM o ORDER BY name LIMIT 1) x, r",
            "SELECT min(c.id) AS id, count(*) AS n FROM c, o, r GROUP BY c.name = 'Ann'", "SELECT length(c.name) AS l, count(*) AS n FROM c, o, r GROUP BY 1", "SELECT count(*) AS n FROM (SELECT DISTINCT name LIKE 'A%' AS a FROM c) x, o, r",
            "SELECT count(*) AS n FROM (SELECT name FROM c UNION SELECT 'Ann' FROM o) x, r", "SELECT count(*) AS n FROM (SELECT DISTINCT n FROM (SELECT name AS n FROM c UNION ALL SELECT 'Ann' FROM o) y) x, r",
        })
        {
            var refused = (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = await assay.JoinQuery(shop, regions, query) })).Expect(422);
            refused.Errors().ShouldContain(e => e.Loc == "body.container.query" && e.Msg.Contains("mask"), query);
        }
    }

    [Theory]
    [InlineData("SELECT o.id FROM o JOIN c ON c.id = o.id", "not read")]
    [InlineData("SELECT o.nothing FROM o, c, r", "'o.nothing' is not a field")]
    [InlineData("SELECT id FROM o, c, r", "'id' is not a field")]
    [InlineData("SELECT o.id FROM o, c, r, x", "no source")]
    [InlineData("SELECT o.id FROM o, c, r; DROP TABLE orders", "statement")]
    [InlineData("SELECT * FROM file('/etc/passwd')", "not expected")]
    [InlineData("SELECT file('/etc/passwd') AS a FROM o, c, r", "file")]
    [InlineData("SELECT x.id FROM (SELECT o.id FROM o, c, r)", "needs a name")]
    [InlineData("SELECT x.nothing FROM (SELECT o.id FROM o, c, r) x", "'x.nothing' is not a field")]
    [InlineData("SELECT o.id FROM (SELECT * FROM file('/etc/passwd')) x, o, c, r", "is expected")]
    [InlineData("SELECT o.id FROM o, c, r UNION SELECT 1", "FROM is expected")]
    [InlineData("SELECT o.id, c.name FROM o, c, r UNION SELECT o.id FROM o", "as many columns")]
    [InlineData("SELECT o.id FROM o, c, r UNION ALL SELECT c.id FROM c ORDER BY o.amount", "ordered by its columns")]
    [InlineData("WITH x AS (SELECT id FROM c) SELECT o.id FROM o, c, r", "'x' is not read")]
    [InlineData("WITH o AS (SELECT id FROM c) SELECT o.id FROM o, c, r", "name of something else")]
    [InlineData("WITH x AS (SELECT x.id FROM x) SELECT o.id FROM o, c, r, x", "'x' is no source")]
    [InlineData("WITH a AS (SELECT o.id FROM o, c, r), b AS (SELECT a.id FROM a, a p, a q, a s), d AS (SELECT b.id FROM b, b p, b q, b s), e AS (SELECT d.id FROM d, d p, d q, d s) SELECT id FROM e", "more than 64")]
    [InlineData("SELECT o.id FROM o, c, r SETTINGS max_threads = 1", "not expected")]
    [InlineData("WITH a AS (SELECT 1) SELECT * FROM a", "FROM is expected")]
    [InlineData("SELECT o.id FROM o JOIN c ON", "ends too early")]
    [InlineData("SELECT o.customer, sum(o.amount) AS total FROM o, c, r", "GROUP BY")]
    public async Task AQueryThatCannotBeMeant_IsRefusedWithAReason(string query, string reason)
    {
        var (shop, regions) = await assay.Shop();

        var refused = await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = await assay.JoinQuery(shop, regions, query) });

        refused.Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.query" && e.Msg.Contains(reason), refused.Text);
    }

    [Fact]
    public async Task SourcesThatCannotBe_AreNamed()
    {
        var (shop, regions) = await assay.Shop();
        var body = await assay.JoinQuery(shop, regions, "SELECT o.id FROM o, c, r");
        JsonObject With(Action<JsonArray> change)
        {
            var changed = (JsonObject)body.DeepClone();
            change(changed["sources"]!.AsArray());
            return new JsonObject { ["container"] = changed };
        }

        (await assay.Admin.Post("/api/containers/validate", With(s => s[1]!["alias"] = "O"))).Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.sources.1.alias");
        (await assay.Admin.Post("/api/containers/validate", With(s => s[2]!["datastore_id"] = regions))).Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.sources.2.datastore_id");
        (await assay.Admin.Post("/api/containers/validate", With(s => s[1]!["container_id"] = 987654321))).Expect(404);
        (await assay.Admin.Post("/api/containers/validate", With(s => s.Clear()))).Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.sources");
    }
}
