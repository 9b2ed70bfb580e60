using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.MariaDb;

namespace Assay.Server.Tests.Onboarding;

/// <summary>A server whose databases are one level: what clients call schemas there become the datastores' databases.</summary>
public sealed class MariaDbOnboardingTests(AssayServer assay)
{
    private const string Base = "/api/connections";

    [Fact]
    public async Task Databases_AreDiscoveredValidatedAndCreatedInBulk()
    {
        var server = await MariaDbServer.SharedAsync();
        var (sales, stock) = (await server.CreateDatabaseAsync($"{Guid.NewGuid():n}_sales"), await server.CreateDatabaseAsync($"{Guid.NewGuid():n}_stock"));
        await server.RunSqlAsync(sales, "CREATE TABLE orders (id bigint unsigned PRIMARY KEY, total decimal(10,2))");
        await server.RunSqlAsync(stock, "CREATE TABLE parts (id int)");
        var reader = await server.CreateUserAsync($"SELECT ON `{sales}`.*");
        await server.RunSqlAsync(null, $"GRANT SELECT ON `{stock}`.* TO '{reader.Name}'@'%'");
        var connection = (await assay.Admin.Post(Base, new JsonObject
        {
            ["name"] = People.Unique("maria"),
            ["type"] = "mariadb",
            ["host"] = server.Host,
            ["port"] = server.Port,
            ["username"] = reader.Name,
            ["password"] = reader.Password,
        })).Expect(200);

        var schemas = (await assay.Admin.Get($"{Base}/{connection.Id}/schemas")).Expect(200).Json.AsArray().Where(s => !(bool)s!["system"]!).Select(s => (string)s!["name"]!).ToList();
        var validated = (await assay.Admin.Post($"{Base}/{connection.Id}/datastores/validate", new JsonObject { ["schemas"] = new JsonArray(sales, "not_there") })).Expect(200).Json["results"]!.AsArray();
        var bulk = (await assay.Admin.Post($"{Base}/{connection.Id}/datastores/bulk", new JsonObject { ["schemas"] = new JsonArray(sales, stock), ["trigger_catalog"] = false })).Expect(200).Json;

        schemas.ShouldBe(new[] { sales, stock }.Order(StringComparer.Ordinal));
        validated.Select(r => (string)r!["status"]!).ShouldBe(["success", "failure"]);
        bulk["errors"]!.AsArray().ShouldBeEmpty();
        var ids = bulk["created"]!.AsArray().Select(id => (long)id!).ToList();
        var first = (await assay.Admin.Get($"/api/datastores/{ids[0]}")).Expect(200).Json;
        ((string)first["database"]!, (string?)first["schema"]).ShouldBe((sales, null));
        ((bool)(await assay.Admin.Post($"/api/datastores/{ids[1]}/connection")).Expect(200).Json["connected"]!).ShouldBeTrue();
        (await assay.Admin.Get($"{Base}/{connection.Id}/schemas")).Expect(200).Json.AsArray()
            .Single(s => (string)s!["name"]! == sales)!["existing_datastores"]!.AsArray().Single()!["id"]!.GetValue<long>().ShouldBe(ids[0]);
    }
}
