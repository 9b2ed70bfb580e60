using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Containers;

public sealed class ComputedTests(AssayServer assay)
{
    private const string Shop = """
        CREATE TABLE orders (id int PRIMARY KEY, customer int, amount numeric(10,2)); INSERT INTO orders VALUES (1, 1, 10), (2, 1, 20.5), (3, 2, 5), (4, 9, 1);
        CREATE TABLE customers (id int PRIMARY KEY, name text); INSERT INTO customers VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cy');
        """;

    [Fact]
    public async Task Table_IsTried_Made_Profiled_AndChanged()
    {
        var (datastore, _) = await assay.SyncedPostgres(Shop);
        var body = new JsonObject
        {
            ["container_type"] = "computed_table",
            ["name"] = "spending",
            ["datastore_id"] = datastore,
            ["query"] = "SELECT customer, sum(amount) AS total FROM orders GROUP BY customer -- by customer",
        };

        (await assay.Admin.Post("/api/containers/validate?timeout_seconds=30", new JsonObject { ["container"] = body.DeepClone() })).Expect(204);
        var made = (await assay.Admin.Post("/api/containers", body)).Expect(200);

        ((string?)made.Json["query"]).ShouldStartWith("SELECT customer");
        var run = (await assay.Admin.Get($"/api/operations?datastore={datastore}&operation_type=profile&sort_created=desc&size=1")).Expect(200).Json["items"]![0]!;
        var profiled = await assay.UntilEnded((long)run["id"]!);
        ((string?)profiled["message"]).ShouldBeNull();
        ((long)profiled["max_records_analyzed_per_partition"]!).ShouldBe(1000);
        var total = (await assay.FieldProfiles(made.Id))["total"];
        ((string?)total["field_type"]).ShouldBe("Fractional");
        total["sum"]!.ToJsonString().ShouldBe("36.50");

        var changed = (await assay.Admin.Put($"/api/containers/{made.Id}", new JsonObject
        {
            ["container_type"] = "computed_table",
            ["name"] = "spending",
            ["query"] = "SELECT customer FROM orders",
        })).Expect(200);
        ((string?)changed.Json["query"]).ShouldBe("SELECT customer FROM orders");
        (await assay.Admin.Get($"/api/containers/{made.Id}/fields")).Expect(200).Json["items"]!.AsArray()
            .Select(f => ((string)f!["name"]!, (string)f["status"]!)).ShouldBe([("customer", "active"), ("total", "missing")], ignoreOrder: true);
        (await assay.Admin.Post("/api/containers", body)).Expect(409);
        // A sync knows nothing of it and leaves it alone.
        (await assay.SyncWell(datastore, new JsonObject { ["prune"] = true })).Message.ShouldBeNull();
        (await assay.Admin.Get($"/api/containers/{made.Id}")).Expect(200).Json["deleted_at"].ShouldBeNull();
    }

    [Theory]
    [InlineData("SELECT nonsense FROM orders")]
    [InlineData("SELECT 1 AS a; DROP TABLE orders")]
    [InlineData("SELECT 1) AS q; DROP TABLE orders; SELECT * FROM (SELECT 1")]
    [InlineData("SELECT 1) AS q; COMMIT; DROP TABLE orders; SELECT * FROM (SELECT 1")]
    [InlineData("SELECT 1 AS a, 2 AS a")]
    [InlineData("")]
    public async Task Table_OfAQueryThatIsNone_IsRefused(string query)
    {
        var (datastore, database) = await assay.SyncedPostgres(Shop);

        var refused = await assay.Admin.Post("/api/containers/validate", new JsonObject
        {
            ["container"] = new JsonObject { ["container_type"] = "computed_table", ["name"] = "bad", ["datastore_id"] = datastore, ["query"] = query },
        });

        refused.Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.query");
        (await Syncing.Scalar(database, "SELECT count(*) FROM orders")).ShouldBe(4);
    }

    [Fact]
    public async Task Join_AcrossDatastores_HasPrefixedColumns()
    {
        var (left, _) = await assay.SyncedPostgres(Shop);
        var right = await assay.RegisterFiles(folder => File.WriteAllText(Path.Combine(folder, "regions.csv"), "customer,region\n1,north\n2,south\n"));
        await assay.SyncWell(right);

        var made = (await assay.Admin.Post("/api/containers", new JsonObject
        {
            ["container_type"] = "computed_join",
            ["name"] = "by region",
            ["left_container_id"] = await assay.ContainerId(left, "orders"),
            ["left_join_field_name"] = "customer",
            ["left_prefix"] = "o",
            ["right_container_id"] = await assay.ContainerId(right, "regions.csv"),
            ["right_join_field_name"] = "customer",
            ["join_type"] = "left",
            ["select_clause"] = "coalesce(right_region, 'unknown') AS region, sum(o_amount) AS total",
            ["where_clause"] = "o_amount > 1",
            ["group_by_clause"] = "coalesce(right_region, 'unknown')",
        })).Expect(200);

        ((long)made.Json["datastore"]!["id"]!).ShouldBe(left);
        await UntilProfiled(left);
        var region = (await assay.FieldProfiles(made.Id))["region"];
        region["histogram"]!["labels"]!.AsArray().Select(l => (string?)l).ShouldBe(["north", "south"], ignoreOrder: true);
    }

    [Fact]
    public async Task File_IsComputedFromAFile_AndClausesAreChecked()
    {
        var datastore = await assay.RegisterFiles(folder => File.WriteAllText(Path.Combine(folder, "sales.csv"), "day,amount\n2024-01-01,5\n2024-01-01,7\n2024-01-02,1\n"));
        await assay.SyncWell(datastore);
        JsonObject Body(string select, string? where = null) => new()
        {
            ["container_type"] = "computed_file",
            ["name"] = "daily",
            ["datastore_id"] = datastore,
            ["source_container_id"] = assay.ContainerId(datastore, "sales.csv").GetAwaiter().GetResult(),
            ["select_clause"] = select,
            ["where_clause"] = where,
            ["group_by_clause"] = select.Contains("sum(") ? "day" : null,
        };

        (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = Body("nothing") })).Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.select_clause");
        (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = Body("day", "amount >") })).Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.where_clause");
        (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = new JsonObject { ["container_type"] = "computed_file" } })).Expect(422).Errors()
            .ShouldAllBe(e => e.Loc.StartsWith("body.container."));
        (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = Body("day, amount * 2 doubled") })).Expect(204);
        var bare = (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = Body("day, amount doubled twice") })).Expect(422).Errors().Single();
        (bare.Loc, bare.Msg.Contains("'doubled' is not expected")).ShouldBe(("body.container.select_clause", true), bare.Msg);
        (await assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = Body("file('/etc/passwd')") })).Expect(422);
        var made = (await assay.Admin.Post("/api/containers", Body("day, sum(amount) AS total, count(*) AS n"))).Expect(200);

        await UntilProfiled(datastore);
        var fields = await assay.FieldProfiles(made.Id);
        ((long?)fields["total"]["sum"]).ShouldBe(13);
        ((string?)fields["day"]["field_type"]).ShouldBe("Date");
        ((string?)made.Json["source_container"]!["name"]).ShouldBe("sales.csv");
    }

    private async Task UntilProfiled(long datastore)
    {
        var run = (await assay.Admin.Get($"/api/operations?datastore={datastore}&operation_type=profile&sort_created=desc&size=1")).Expect(200).Json["items"]![0]!;
        var ended = await assay.UntilEnded((long)run["id"]!);
        ((string?)ended["result"]).ShouldBe("success", ended.ToJsonString());
        ((string?)ended["message"]).ShouldBeNull();
    }
}
