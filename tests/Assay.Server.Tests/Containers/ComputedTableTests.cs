using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.MariaDb;
using Assay.Testing.Warehouses;
using Microsoft.Data.Sqlite;

namespace Assay.Server.Tests.Containers;

/// <summary>Tables by a query in the SQL of sources that are not PostgreSQL.</summary>
public sealed class ComputedTableTests(AssayServer assay)
{
    private const string Tables = "CREATE TABLE orders (id int PRIMARY KEY, customer varchar(20), amount decimal(10,2)); INSERT INTO orders VALUES (1, 'Ann', 10.25), (2, 'Ann', 20.5), (3, 'it''s', 5)";

    [Fact]
    public async Task OfMariaDb_IsRead_AndOnlyOneSelectIs()
    {
        var server = await MariaDbServer.SharedAsync();
        var database = await server.CreateDatabaseAsync($"{Guid.NewGuid():n}_shop");
        await server.RunSqlAsync(database, Tables);
        var user = await server.CreateUserAsync($"ALL ON `{database}`.*");
        var datastore = await Register(new() { ["type"] = "mariadb", ["host"] = server.Host, ["port"] = server.Port, ["username"] = user.Name, ["password"] = user.Password }, database);

        await IsRead(datastore, "SELECT customer, sum(amount) AS total, count(*) AS n FROM orders # it's a comment\nWHERE customer <> 'a;b' GROUP BY customer;");
        foreach (var query in new[]
        {
            "SELECT 1 AS a; DROP TABLE orders", "SELECT 1 AS a) q; DROP TABLE orders; SELECT * FROM (SELECT 1", @"SELECT '\'; DROP TABLE orders; -- ' AS a", "DELETE FROM orders",
            "SELECT 1 AS a /*! ; DROP TABLE orders */ FROM", "SELECT nonsense FROM orders", "SELECT 1 AS a, 2 AS a",
        })
            (await Validate(datastore, query)).Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.query", query);
        // MySQL takes no comment from this; what is left of it is a SELECT with a name in quotes, whatever it says.
        await Validate(datastore, "SELECT 1 --'\n' ; DROP TABLE orders; -- '");
        (await server.ScalarAsync<long>($"SELECT count(*) FROM `{database}`.orders")).ShouldBe(3);
    }

    [Fact]
    public async Task OfSqlite_IsRead_AndOnlyOneSelectIs()
    {
        var folder = Directory.CreateDirectory(Path.Combine(assay.FilesFolder, $"sqlite{Guid.NewGuid():n}"));
        await using (var file = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "shop.db")};Pooling=False"))
        {
            await file.OpenAsync();
            await new SqliteCommand(Tables, file).ExecuteNonQueryAsync();
        }
        var datastore = await Register(new() { ["type"] = "sqlite", ["uri"] = $"file:///{folder.Name}" }, "shop.db");

        await IsRead(datastore, "WITH own AS (SELECT * FROM orders) SELECT customer, sum(amount) AS total, count(*) AS n FROM own GROUP BY customer");
        (await Validate(datastore, "SELECT [a'] FROM orders; DROP TABLE orders --']")).Expect(422);
        (await Validate(datastore, "PRAGMA table_info('orders')")).Expect(422);
    }

    [Theory]
    [InlineData("athena")]
    [InlineData("bigquery")]
    [InlineData("databricks")]
    [InlineData("dremio")]
    [InlineData("trino")]
    public async Task OfAWarehouse_IsRead_AndOnlyOneSelectIs(string type)
    {
        await using var vendor = await Vendor.StartAsync(type);
        await vendor.Database.RunSqlAsync($"CREATE SCHEMA shop; SET search_path TO shop; {Tables}");
        var connection = new JsonObject
        {
            ["type"] = type,
            ["host"] = StandIn.Host,
            ["port"] = vendor.StandIn.Port,
            ["username"] = vendor.User,
            ["password"] = vendor.Password,
            ["parameters"] = JsonSerializer.SerializeToNode(vendor.Parameters),
        };
        var datastore = await Register(connection, vendor.Catalog, "shop");

        await IsRead(datastore, $"SELECT customer AS {vendor.Quote("customer")}, CAST(sum(amount) AS numeric(12,2)) AS total, count(*) AS n FROM orders GROUP BY customer");
        foreach (var query in new[] { "SELECT 1 AS a; DROP TABLE orders", "DELETE FROM orders", "SELECT nonsense FROM orders", "SELECT * FROM nowhere", "SELECT 1 AS a, 2 AS a" })
            (await Validate(datastore, query)).Expect(422).Errors().ShouldContain(e => e.Loc == "body.container.query", query);
    }

    private async Task IsRead(long datastore, string query)
    {
        (await Validate(datastore, query)).Expect(204);
        var made = (await assay.Admin.Post("/api/containers", Body(datastore, query))).Expect(200);
        var run = (await assay.Admin.Get($"/api/operations?datastore={datastore}&operation_type=profile&sort_created=desc&size=1")).Expect(200).Json["items"]![0]!;
        var profiled = await assay.UntilEnded((long)run["id"]!);
        ((string?)profiled["result"]).ShouldBe("success", profiled.ToJsonString());
        var fields = await assay.FieldProfiles(made.Id);
        ((string?)fields["total"]["field_type"]).ShouldBe("Fractional");
        ((double?)fields["total"]["sum"]).ShouldBe(35.75);
        ((long?)fields["n"]["sum"]).ShouldBe(3);
        fields["customer"]["histogram"]!["labels"]!.AsArray().Select(l => (string?)l).ShouldBe(["Ann", "it's"], ignoreOrder: true);
        var preview = (await assay.Admin.Get($"/api/containers/{made.Id}/preview?sort_columns=customer")).Expect(200).Json["rows"]!.AsArray();
        preview.Select(r => (string?)r!["customer"]).ShouldBe(["Ann", "it's"]);
    }

    private async Task<long> Register(JsonObject connection, string? database, string? schema = null)
    {
        connection["name"] = People.Unique("connection");
        var datastore = (await assay.Admin.Post("/api/datastores", new JsonObject
        {
            ["name"] = People.Unique("Datastore"),
            ["connection"] = connection,
            ["database"] = database,
            ["schema"] = schema,
            ["trigger_sync"] = false,
            ["teams"] = new JsonArray(People.Unique("Team")),
        })).Expect(201).Id;
        await assay.SyncWell(datastore);
        return datastore;
    }

    private Task<Answer> Validate(long datastore, string query) => assay.Admin.Post("/api/containers/validate", new JsonObject { ["container"] = Body(datastore, query, "another") });

    private static JsonObject Body(long datastore, string query, string name = "spending") => new() { ["container_type"] = "computed_table", ["name"] = name, ["datastore_id"] = datastore, ["query"] = query };
}
