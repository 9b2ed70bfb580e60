using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Containers;

/// <summary>Two datastores to join: a shop's tables, and files with the regions of its customers.</summary>
internal static class JoinShop
{
    private const string Tables = """
        CREATE TABLE orders (id int PRIMARY KEY, customer int, amount numeric(10,2)); INSERT INTO orders VALUES (1, 1, 10), (2, 1, 20.5), (3, 2, 5), (4, 9, 1);
        CREATE TABLE customers (id int PRIMARY KEY, name text); INSERT INTO customers VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cy');
        """;

    public static async Task<(long Shop, long Regions)> Shop(this AssayServer assay)
    {
        var (shop, regions, _) = await assay.ShopWithDatabase();
        return (shop, regions);
    }

    public static async Task<(long Shop, long Regions, string Database)> ShopWithDatabase(this AssayServer assay)
    {
        var (shop, database) = await assay.SyncedPostgres(Tables);
        var regions = await assay.RegisterFiles(folder => File.WriteAllText(Path.Combine(folder, "regions.csv"), "customer,region\n1,north\n2,south\n"));
        await assay.SyncWell(regions);
        return (shop, regions, database);
    }

    /// <summary>A join by a query: of orders (<c>o</c>), customers (<c>c</c>), and regions (<c>r</c>).</summary>
    public static async Task<JsonObject> JoinQuery(this AssayServer assay, long shop, long regions, string query) => new()
    {
        ["container_type"] = "computed_join",
        ["name"] = "by region",
        ["query"] = query,
        ["sources"] = new JsonArray(
            new JsonObject { ["container_id"] = await assay.ContainerId(shop, "orders"), ["datastore_id"] = shop, ["alias"] = "o", ["ordinal"] = 0 },
            new JsonObject { ["container_id"] = await assay.ContainerId(regions, "regions.csv"), ["alias"] = "r", ["ordinal"] = 2 },
            new JsonObject { ["container_id"] = await assay.ContainerId(shop, "customers"), ["alias"] = "c", ["ordinal"] = 1 }),
    };

    public static async Task<string[]> PreviewRows(this AssayServer assay, long container) =>
        [.. (await assay.Admin.Get($"/api/containers/{container}/preview")).Expect(200).Json["rows"]!.AsArray().Select(r => r!.ToJsonString())];
}
