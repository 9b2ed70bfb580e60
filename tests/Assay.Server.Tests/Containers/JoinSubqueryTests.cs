using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Containers;

/// <summary>Sub-queries in the expressions of joins by a query.</summary>
public sealed class JoinSubqueryTests(AssayServer assay)
{
    [Fact]
    public async Task SubqueriesInExpressions_AreComputed_AndProfiled()
    {
        var (shop, regions) = await assay.Shop();
        var made = (await assay.Admin.Post("/api/containers", await assay.JoinQuery(shop, regions, """
            WITH known AS (SELECT customer FROM r UNION SELECT 3 FROM r)
            SELECT o.id, CASE WHEN o.amount = (SELECT max(amount) FROM o) THEN 'most' ELSE 'less' END AS size,
                   (SELECT name FROM c WHERE name = 'Nobody') AS nobody, o.customer NOT IN (SELECT customer FROM known) AS is_new,
                   o.id + (SELECT count(*) FROM (SELECT amount FROM o WHERE customer IN (SELECT id FROM c)) x) AS number
            FROM o LEFT JOIN c ON c.id = o.customer AND EXISTS (SELECT * FROM r, o)
            WHERE o.amount >= (SELECT min(amount) FROM o WHERE amount IN (SELECT DISTINCT amount FROM o ORDER BY amount DESC LIMIT 3))
               OR NOT EXISTS (SELECT 1 FROM known k WHERE k.customer = 9) AND c.id IS NULL
            """))).Expect(200);
        var run = (await assay.Admin.Get($"/api/operations?datastore={shop}&operation_type=profile&sort_created=desc&size=1")).Expect(200).Json["items"]![0]!;
        ((string?)(await assay.UntilEnded((long)run["id"]!))["result"]).ShouldBe("success");

        (await assay.FieldProfiles(made.Id)).Keys.ShouldBe(["id", "size", "nobody", "is_new", "number"], ignoreOrder: true);
        (await assay.PreviewRows(made.Id)).ShouldBe(
        [
            """{"id":1,"size":"less","nobody":null,"is_new":0,"number":4}""", """{"id":2,"size":"most","nobody":null,"is_new":0,"number":5}""",
            """{"id":3,"size":"less","nobody":null,"is_new":0,"number":6}""", """{"id":4,"size":"less","nobody":null,"is_new":1,"number":7}""",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task MaskedValues_AreFollowedThroughSubqueries()
    {
        var (shop, regions) = await assay.Shop();
        var made = (await assay.Admin.Post("/api/containers", await assay.JoinQuery(shop, regions, """
            SELECT o.id, (SELECT max(name) FROM c) AS last, 'Ann' IN (SELECT upper(x.n) FROM (SELECT name AS n FROM c) x) AS has_ann, o.amount > (SELECT count(*) FROM c) AS many
            FROM o WHERE o.customer IN (SELECT customer FROM r) AND EXISTS (SELECT * FROM c WHERE id = 1)
            """))).Expect(200);
        var name = (await assay.Admin.Get($"/api/fields?container={await assay.ContainerId(shop, "customers")}&name=name")).Json["items"]![0]!["id"]!;

        (await assay.Admin.Put($"/api/fields/{name}", new JsonObject { ["status"] = "masked" })).Expect(200);

        var fields = (await assay.Admin.Get($"/api/containers/{made.Id}/fields")).Expect(200).Json["items"]!.AsArray();
        fields.Where(f => (string?)f!["status"] == "masked").Select(f => (string)f!["name"]!).Order().ShouldBe(["has_ann", "last"]);
        (await assay.PreviewRows(made.Id)).ShouldAllBe(r => !r.Contains("Cy"));
        // What is masked may be shown by a column that is masked for it, but tested nowhere.
        foreach (var query in new[]
        {
            "SELECT o.id FROM o, r WHERE 'Ann' IN (SELECT name FROM c)", "SELECT o.id FROM o, r WHERE 'Ann' NOT IN (SELECT upper(name) FROM c)", "SELECT c.id FROM c, r WHERE c.name IN (SELECT 'Ann' FROM o)",
            "SELECT o.id FROM o, r WHERE EXISTS (SELECT 1 FROM c WHERE name = 'Ann')", "SELECT o.id FROM o, r WHERE NOT EXISTS (SELECT * FROM c WHERE name LIKE 'A%')", "SELECT o.id FROM o, r WHERE (SELECT max(name) FROM c) > 'B'",
            "SELECT EXISTS (SELECT * FROM c WHERE name = 'Ann') AS a, r.region FROM o, r", "SELECT (SELECT count(*) FROM c WHERE name = 'Ann') AS a, r.region FROM o, r", "SELECT o.id IN (SELECT id FROM c WHERE name = 'Ann') AS a, r.region FROM o, r",
            "SELECT (SELECT id FROM c ORDER BY name LIMIT 1) AS a, r.region FROM o, r", "SELECT (SELECT max(id) FROM c HAVING max(name) > 'B') AS a, r.region FROM o, r",
            "SELECT o.id FROM o, r WHERE o.id = (SELECT max(o.id) FROM o WHERE o.customer IN (SELECT id FROM c WHERE name = 'Ann'))", "SELECT count(*) AS n, r.region FROM o, r GROUP BY r.region HAVING count(*) > (SELECT max(length(name)) FROM c)",
            "SELECT o.id FROM o JOIN r ON r.customer = o.customer AND r.region < (SELECT max(name) FROM c)", "SELECT o.id FROM o, r ORDER BY (SELECT max(name) FROM c) LIMIT 1", "SELECT x.id FROM (SELECT id FROM o WHERE 'Ann' IN (SELECT name FROM c)) x, r",
            "SELECT id FROM o UNION SELECT o.id FROM o, r WHERE EXISTS (SELECT * FROM (SELECT name AS n FROM c) x WHERE x.n = 'Ann')", "WITH x AS (SELECT name AS n FROM c) SELECT o.id FROM o, r WHERE (SELECT min(n) FROM x) = 'Ann'",
        })
        {
            var refused = await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = await assay.JoinQuery(shop, regions, query) });
            refused.Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.query" && e.Msg.Contains("'c.name' is masked"), query);
        }
    }

    [Theory]
    [InlineData("SELECT o.id FROM o, r WHERE EXISTS (SELECT * FROM c WHERE c.id = o.customer)", "cannot name columns of the query around them; use a join instead (at position 66)")]
    [InlineData("SELECT o.id, (SELECT region FROM r WHERE r.customer = amount) AS region FROM o, c", "use a join instead (at position 55)")]
    [InlineData("SELECT o.id FROM o, r WHERE o.id IN (SELECT id, name FROM c)", "has one column")]
    [InlineData("SELECT o.id FROM o, r WHERE o.id = (SELECT * FROM c)", "has one column")]
    [InlineData("SELECT o.id FROM o, r WHERE o.id = (SELECT id FROM c)", "several rows")]
    [InlineData("SELECT o.id FROM o, r WHERE o.id IN (SELECT id FROM orders)", "'orders' is no source")]
    [InlineData("SELECT o.id FROM o, c, r WHERE o.id IN (SELECT id FROM url('http://x'))", "is expected")]
    [InlineData("SELECT o.id FROM o, c, r WHERE o.id IN (SELECT `id) OR 1 IN (SELECT 1` FROM c)", "is not a field")]
    [InlineData("SELECT o.id FROM o, r WHERE o.id IN (SELECT customer FROM r)", "'c' is not read")]
    [InlineData("WITH x AS (SELECT id FROM c) SELECT o.id FROM o, r WHERE o.id IN (WITH y AS (SELECT id FROM x) SELECT customer FROM r)", "'y' is not read")]
    [InlineData("SELECT o.id FROM o, c, r WHERE o.id IN (SELECT id FROM c", "')' is expected")]
    [InlineData("SELECT o.id FROM o, r WHERE array(o.id) IN (SELECT name FROM c)", "cannot be cast")]
    public async Task ASubqueryThatCannotBeMeant_IsRefusedWithAReason(string query, string reason)
    {
        var (shop, regions) = await assay.Shop();

        var refused = await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = await assay.JoinQuery(shop, regions, query) });

        refused.Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.query" && e.Msg.Contains(reason), refused.Text);
    }

    [Fact]
    public async Task AValueThatBecomesSeveral_IsToldWhereRowsAreRead()
    {
        var (shop, regions, database) = await assay.ShopWithDatabase();
        var made = (await assay.Admin.Post("/api/containers", await assay.JoinQuery(shop, regions, "SELECT o.id, (SELECT id FROM c WHERE name = 'Ann') AS ann FROM o, r"))).Expect(200);

        await Syncing.RunSql(database, "INSERT INTO customers VALUES (4, 'Ann')");

        (await assay.Admin.Get($"/api/containers/{made.Id}/preview")).Expect(400).Text.ShouldContain("several rows where one value is needed");
    }

    [Theory]
    [InlineData("amount > (SELECT max(amount) FROM o)")]
    [InlineData("id IN (WITH x AS (SELECT id FROM o) SELECT id FROM x)")]
    [InlineData("EXISTS (SELECT 1 FROM o)")]
    public async Task ExpressionsOutsideOfQueries_TakeNone(string expression)
    {
        var (shop, _) = await assay.Shop();
        var orders = await assay.ContainerId(shop, "orders");

        (await assay.Admin.Get($"/api/containers/{orders}/preview?filter={Uri.EscapeDataString(expression)}")).Expect(422).Errors().ShouldContain(e => e.Loc == "query.filter");
        (await assay.Admin.Post("/api/computed-fields", new JsonObject
        {
            ["container_id"] = orders,
            ["name"] = "twice",
            ["transformation_type"] = "customExpression",
            ["properties"] = new JsonObject { ["column_expression"] = expression },
        })).Expect(422).Errors().ShouldContain(e => e.Loc == "body.properties.column_expression");
    }
}
