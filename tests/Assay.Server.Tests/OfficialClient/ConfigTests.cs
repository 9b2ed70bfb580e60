using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;

namespace Assay.Server.Tests.OfficialClient;

/// <summary>Whole configurations out of a server and into one, as the official client does it, and single containers changed as it does that.</summary>
public sealed class ConfigTests(AssayServer assay)
{
    private const string Tables = """
        CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, price numeric(12,2));
        INSERT INTO orders SELECT i, i % 3, i FROM generate_series(1, 10) i;
        CREATE TABLE customers (id bigint PRIMARY KEY, name text);
        CREATE VIEW cheap AS SELECT * FROM orders WHERE price < 5;
        """;

    [Fact]
    public async Task ExportedAndImportedOnTheSameServer_OnlyUpdates_AndExportsTheSame()
    {
        var (datastore, role) = await Made();
        using var cli = Client(assay);
        var config = new CliConfig(cli, role.Password);
        var first = await config.Export(datastore);

        var done = await config.Import(first);

        done.ShouldAllBe(d => d.EndsWith("updated", StringComparison.Ordinal));
        (await config.Export(datastore)).ToJsonString().ShouldBe(first.ToJsonString());
    }

    [Fact]
    public async Task ImportedIntoAnEmptyServer_IsMade_AndTheSecondTimeUpdated()
    {
        var (datastore, role) = await Made();
        using var from = Client(assay);
        var tree = await new CliConfig(from, role.Password).Export(datastore);
        tree["containers"]!.AsObject().Remove("with_names"); // the client turns its ids into names and back
        await using var empty = new AssayServer();
        await empty.InitializeAsync();
        using var to = Client(empty);
        var config = new CliConfig(to, role.Password);

        var made = await config.Import(tree);
        var again = await config.Import(tree);

        made.Order().ShouldBe(["check created", "check created", "connection created", "container created", "datastore created"]);
        again.Order().ShouldBe(made.Select(m => m.Replace("created", "updated")).Order());
        var id = (long)(await to.FindByName("datastores", (string)tree["datastore"]!["name"]!))!["id"]!;
        var exported = await config.Export(id);
        foreach (var part in new[] { "checks", "connection" }) exported[part]!.ToJsonString().ShouldBe(tree[part]!.ToJsonString());
    }

    [Fact]
    public async Task ContainersOfEveryKind_KeepWhatWasNotNamed()
    {
        using var cli = Client(assay);
        var (datastore, _) = await Made();
        var files = await assay.RegisterFiles(folder => File.WriteAllText(Path.Combine(folder, "sales.csv"), "id,amount\n1,2.5\n2,3.5\n"));
        await assay.SyncWell(files);
        var file = (await cli.ListAll("containers", $"&datastore={files}")).Single();
        await cli.Post("containers", new JsonObject { ["container_type"] = "computed_file", ["name"] = "big", ["datastore_id"] = files, ["source_container_id"] = file["id"]!.DeepClone(), ["select_clause"] = "id, amount", ["where_clause"] = "amount > 1" });
        var all = (await cli.ListAll("containers", $"&datastore={datastore}&datastore={files}")).Select(c => (long)c["id"]!).ToList();
        var kinds = new HashSet<string>();
        foreach (var id in all)
        {
            var before = (await cli.Get($"containers/{id}"))!.AsObject();
            kinds.Add((string?)before["table_type"] is "view" ? "view" : (string)before["container_type"]!);
            await cli.UpdateContainer(id, new JsonObject { ["description"] = "changed" });
            var after = (await cli.Get($"containers/{id}"))!.AsObject();
            ((string?)after["description"]).ShouldBe("changed");
            // Figures may come in meanwhile: changing nothing of a computed container profiles nothing, but its first profile may still run.
            foreach (var (name, value) in before.Where(m => m.Key is not ("description" or "metrics" or "latest_observability_measurement" or "status")))
                after[name]?.ToJsonString().ShouldBe(value?.ToJsonString(), $"{before["container_type"]} {name}");
        }
        kinds.Order().ShouldBe(["computed_file", "computed_join", "computed_table", "file", "table", "view"]);
    }

    private async Task<(long Datastore, PostgresRole Role)> Made()
    {
        using var cli = Client(assay);
        var database = await Syncing.CreateDatabase(Tables);
        var server = await PostgresServer.SharedAsync();
        var role = await server.CreateRoleAsync();
        await server.RunSqlAsync(database, $"GRANT SELECT ON ALL TABLES IN SCHEMA public TO \"{role.Name}\"");
        var datastore = await assay.RegisterPostgres(database, role: role);
        await assay.SyncWell(datastore);
        var (orders, customers) = (await assay.ContainerId(datastore, "orders"), await assay.ContainerId(datastore, "customers"));
        await cli.Post("containers", new JsonObject { ["container_type"] = "computed_table", ["name"] = "spending", ["datastore_id"] = datastore, ["query"] = "SELECT customer, sum(price) AS total FROM orders GROUP BY customer" });
        await cli.Post("containers", new JsonObject
        {
            ["container_type"] = "computed_join",
            ["name"] = "with_names",
            ["left_container_id"] = orders,
            ["right_container_id"] = customers,
            ["left_join_field_name"] = "customer",
            ["right_join_field_name"] = "id",
            ["select_clause"] = "left_id, right_name",
            ["join_type"] = "left",
        });
        foreach (var operation in await cli.ListAll("operations", $"&datastore={datastore}")) await cli.Wait((long)operation["id"]!);
        foreach (var (rule, field) in new[] { ("notNull", "customer"), ("positive", "price") })
            await assay.CreateCheck(orders, rule, [field], null, new() { ["additional_metadata"] = new JsonObject { ["_qualytics_check_uid"] = $"orders__{rule.ToLowerInvariant()}__{field}" } });
        return (datastore, role);
    }

    private static CliClient Client(AssayServer server) => new(server.Url, server.Admin.Http.DefaultRequestHeaders.Authorization!.Parameter!);
}
