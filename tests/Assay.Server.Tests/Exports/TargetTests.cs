using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Exports;

/// <summary>Every kind of store that runs here takes exports and copies.</summary>
public sealed class TargetTests(AssayServer assay)
{
    [Theory]
    [InlineData("postgresql")]
    [InlineData("mariadb")]
    [InlineData("sqlite")]
    [InlineData("local")]
    [InlineData("s3")]
    public async Task Store_TakesExportsAndCopies_AndHoldsTheLatestOnly(string type)
    {
        var (datastore, source) = await assay.SyncedPostgres("CREATE TABLE orders (id int, price numeric(12,2), note text); INSERT INTO orders VALUES (1, 9.90, 'O''Brien \\ 🚀'), (2, NULL, NULL)");
        var orders = await assay.ContainerId(datastore, "orders");
        var check = await assay.CreateCheck(orders, "notNull", ["note"]);
        var (target, read) = await assay.Target(type);
        await assay.LinkEnrichment(datastore, target, "t");
        var materialize = new JsonObject { ["type"] = "materialize", ["datastore_id"] = datastore };
        var export = new JsonObject { ["type"] = "export", ["datastore_id"] = datastore, ["asset_type"] = "checks" };

        var copied = await assay.RunWell((JsonObject)materialize.DeepClone());
        await assay.RunWell((JsonObject)export.DeepClone());

        ((long)copied["status"]!["records_processed"]!).ShouldBe(2);
        var price = type == "sqlite" ? "9.9" : "9.90";
        (await read("_t_mat_orders", "id, price, note")).ShouldBe([$"1|{price}|O'Brien \\ 🚀", "2|NULL|NULL"]);
        (await read("_t_export_checks", "id, rule_type, fields, datastore_id")).ShouldBe([$"{check.Id}|notNull|note|{datastore}"]);

        await Syncing.RunSql(source, "DELETE FROM orders WHERE id = 1");
        (await assay.Admin.Delete($"{AllChecks}/{check.Id}")).Expect(204);
        await assay.RunWell((JsonObject)materialize.DeepClone());
        await assay.RunWell((JsonObject)export.DeepClone());
        (await read("_t_mat_orders", "id, price, note")).ShouldBe(["2|NULL|NULL"]);
        (await read("_t_export_checks", "id")).ShouldBeEmpty();
    }
}
