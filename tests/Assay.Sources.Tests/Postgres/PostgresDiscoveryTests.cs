using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Postgres;

public sealed class PostgresDiscoveryTests
{
    [Fact]
    public async Task ListCatalogsAsync_SeveralDatabases_ShowsThoseThatMayBeEntered()
    {
        var server = await PostgresServer.SharedAsync();
        var role = await server.CreateRoleAsync();
        foreach (var name in new[] { "Sales of all", "an \"odd\" {{%}} 🐘", "locked" })
            await server.CreateDatabaseAsync(name);
        await server.RunSqlAsync("postgres", "REVOKE CONNECT ON DATABASE locked FROM PUBLIC");

        var catalogs = await PostgresSources.Connector.ListCatalogsAsync(server.Connection(role), default);

        catalogs.Select(c => c.Name).ShouldBe(catalogs.Select(c => c.Name).Order(Utf8Order.Comparer));
        catalogs.ShouldContain(new CatalogEntry("Sales of all", false));
        catalogs.ShouldContain(new CatalogEntry("an \"odd\" {{%}} 🐘", false));
        catalogs.ShouldContain(new CatalogEntry("postgres", false));
        catalogs.Where(c => c.System).ShouldBe([new CatalogEntry("template1", true)]);
        catalogs.ShouldNotContain(c => c.Name == "locked");
        await server.ShouldHaveNoSessionAsync(role);
    }

    [Fact]
    public async Task ListCatalogsAsync_UserWhoMayNotEnterPostgres_LooksFromAnotherDatabase()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var role = await server.CreateRoleAsync();
        await server.CreateDatabaseAsync(role.Name);
        await server.RunSqlAsync("postgres", "REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");

        (await PostgresSources.Connector.ListCatalogsAsync(server.Connection(role), default)).ShouldBe([new CatalogEntry(role.Name, false)]);
    }

    [Fact]
    public async Task ListSchemasAsync_Database_MarksWhatTheProductBrought()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, "CREATE SCHEMA \"Raw Data\"; CREATE SCHEMA staging; CREATE SCHEMA hidden; CREATE TEMP TABLE t ()");
        var role = await server.CreateRoleAsync();
        await server.RunSqlAsync(database, $"GRANT USAGE ON SCHEMA \"Raw Data\", staging TO {role.Name}");

        (await PostgresSources.Connector.ListSchemasAsync(server.Connection(role), database, default)).ShouldBe([
            new CatalogEntry("Raw Data", false), new CatalogEntry("information_schema", true), new CatalogEntry("pg_catalog", true),
            new CatalogEntry("public", false), new CatalogEntry("staging", false),
        ]);
    }

    [Fact]
    public async Task ListSchemasAsync_UnknownDatabase_Throws()
    {
        var server = await PostgresServer.SharedAsync();

        (await Should.ThrowAsync<SourceException>(async () => await PostgresSources.Connector.ListSchemasAsync(server.Connection(await server.CreateRoleAsync()), "nowhere", default)))
            .Fault.Code.ShouldBe(SourceFaultCode.CatalogNotFound);
    }
}
