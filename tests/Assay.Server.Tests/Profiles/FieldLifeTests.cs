using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.MariaDb;

namespace Assay.Server.Tests.Profiles;

/// <summary>A profile begins with what its containers are now: fields that are new, missing and back again.</summary>
public sealed class FieldLifeTests(AssayServer assay)
{
    [Fact]
    public async Task Fields_AreNew_Missing_AndBackAgain()
    {
        var (datastore, database) = await assay.SyncedPostgres("""
            CREATE TABLE t (id int PRIMARY KEY, a text, updated_at timestamptz); INSERT INTO t VALUES (1, 'x', now());
            CREATE TABLE other (n int);
            """);
        var t = await assay.ContainerId(datastore, "t");
        (await assay.Admin.Post("/api/computed-fields", new JsonObject
        {
            ["container_id"] = t,
            ["name"] = "upper_a",
            ["transformation"] = "customExpression",
            ["properties"] = new JsonObject { ["column_expression"] = "upper(a)" },
        })).Expect(200);
        await assay.ProfileWell(datastore, Only("t"));
        (await assay.FieldProfiles(t)).Keys.ShouldBe(["id", "a", "updated_at", "upper_a"], ignoreOrder: true);
        ((string?)(await Container(t))["incremental_field_name"]).ShouldBe("updated_at");

        await Syncing.RunSql(database, """
            ALTER TABLE t DROP COLUMN a, DROP COLUMN updated_at, ADD COLUMN b int DEFAULT 7;
            ALTER TABLE other ADD COLUMN m int; CREATE TABLE fresh (n int);
            """);
        await assay.ProfileWell(datastore, Only("t"));

        (await States(t)).ShouldBe(new Dictionary<string, string> { ["id"] = "active", ["a"] = "missing", ["updated_at"] = "missing", ["b"] = "active", ["upper_a"] = "missing" }, ignoreOrder: true);
        ((long?)(await assay.FieldProfiles(t))["b"]["sum"]).ShouldBe(7);
        var shown = await Container(t);
        ((string?)shown["incremental_field_name"]).ShouldBe("id", "what it went by is gone");
        ((string?)shown["status"]).ShouldBe("available", "it has been profiled as it is now");
        // What was not asked for stays as it was, and no container comes by a profile.
        (await States(await assay.ContainerId(datastore, "other"))).Keys.ShouldBe(["n"]);
        ((long)(await assay.Admin.Get($"/api/containers?datastore={datastore}")).Expect(200).Json["total"]!).ShouldBe(2);

        await Syncing.RunSql(database, "ALTER TABLE t ADD COLUMN a text DEFAULT 'y'");
        await assay.ProfileWell(datastore, Only("t"));

        (await States(t)).ShouldBe(new Dictionary<string, string> { ["id"] = "active", ["a"] = "active", ["updated_at"] = "missing", ["b"] = "active", ["upper_a"] = "active" }, ignoreOrder: true);
        ((string?)(await assay.FieldProfiles(t))["upper_a"]["histogram_buckets"]![0]!["value"]).ShouldBe("Y");
    }

    [Fact]
    public async Task FieldsOfMariaDb_FollowTheTable()
    {
        var server = await MariaDbServer.SharedAsync();
        var database = await server.CreateDatabaseAsync($"{Guid.NewGuid():n}_life");
        await server.RunSqlAsync(database, "CREATE TABLE t (a int, gone int); INSERT INTO t VALUES (1, 2); CREATE TABLE other (n int)");
        var user = await server.CreateUserAsync($"ALL ON `{database}`.*");
        var datastore = (await assay.Admin.Post("/api/datastores", new JsonObject
        {
            ["name"] = People.Unique("Shop"),
            ["connection"] = new JsonObject { ["name"] = People.Unique("maria"), ["type"] = "mariadb", ["host"] = server.Host, ["port"] = server.Port, ["username"] = user.Name, ["password"] = user.Password },
            ["database"] = database,
            ["trigger_sync"] = false,
            ["teams"] = new JsonArray(People.Unique("Team")),
        })).Expect(201).Id;
        await assay.SyncWell(datastore);

        await server.RunSqlAsync(database, "ALTER TABLE t DROP COLUMN gone, ADD COLUMN b int DEFAULT 5; ALTER TABLE other ADD COLUMN m int");
        await assay.ProfileWell(datastore, Only("t"));

        var t = await assay.ContainerId(datastore, "t");
        (await States(t)).ShouldBe(new Dictionary<string, string> { ["a"] = "active", ["gone"] = "missing", ["b"] = "active" }, ignoreOrder: true);
        ((long?)(await assay.FieldProfiles(t))["b"]["sum"]).ShouldBe(5);
        (await States(await assay.ContainerId(datastore, "other"))).Keys.ShouldBe(["n"]);
    }

    [Fact]
    public async Task FieldsOfFiles_FollowTheFiles()
    {
        var folder = "";
        var datastore = await assay.RegisterFiles(f =>
        {
            folder = f;
            Directory.CreateDirectory(Path.Combine(f, "in"));
            File.WriteAllText(Path.Combine(f, "in", "people.csv"), "id,name\n1,Ann\n2,Bob\n");
            File.WriteAllText(Path.Combine(f, "calm.csv"), "n\n1\n2\n");
        });
        await assay.SyncWell(datastore);
        await assay.ProfileWell(datastore);
        var people = await assay.ContainerId(datastore, "in/people.csv");

        await File.WriteAllTextAsync(Path.Combine(folder, "in", "people.csv"), "id,full_name,age\n1,Ann,40\n2,Bob,41\n3,Cid,42\n");
        await assay.ProfileWell(datastore);

        (await States(people)).ShouldBe(new Dictionary<string, string> { ["id"] = "active", ["name"] = "missing", ["full_name"] = "active", ["age"] = "active" }, ignoreOrder: true);
        var fields = await assay.FieldProfiles(people);
        ((double?)fields["full_name"]["completeness"]).ShouldBe(1);
        ((long?)fields["age"]["sum"]).ShouldBe(123);
        ((long)(await assay.Admin.Get($"/api/containers/{people}/profile")).Expect(200).Json["records_processed"]!).ShouldBe(3);
    }

    [Fact]
    public async Task FilesWithAMaskedField_KeepTheirHeaderAsItWasFound()
    {
        var folder = "";
        var datastore = await assay.RegisterFiles(f => File.WriteAllText(Path.Combine(folder = f, "codes.csv"), "1,4711\n2,4712\n"));
        await assay.SyncWell(datastore);
        var codes = await assay.ContainerId(datastore, "codes.csv");
        var secret = (await assay.Admin.Get($"/api/containers/{codes}/fields")).Expect(200).Json["items"]![1]!;
        (await assay.Admin.Put($"/api/fields/{(long)secret["id"]!}", new JsonObject { ["status"] = "masked" })).Expect(200);
        var before = await States(codes);

        await File.WriteAllTextAsync(Path.Combine(folder, "codes.csv"), "id,pin\n1,4711\n2,4712\n3,4713\n");
        await assay.ProfileWell(datastore);

        (await States(codes)).ShouldBe(before, ignoreOrder: true);
        (await assay.Admin.Get($"/api/containers/{codes}/field-profiles")).Expect(200).Text.ShouldNotContain("4713");
    }

    [Fact]
    public async Task FilesThatCome_AreProfiledWithTheOthers()
    {
        var folder = "";
        var datastore = await assay.RegisterFiles(f =>
        {
            folder = f;
            File.WriteAllText(Path.Combine(f, "day_1.csv"), "n\n1\n");
            File.WriteAllText(Path.Combine(f, "day_2.csv"), "n\n2\n");
        });
        await assay.SyncWell(datastore);

        await File.WriteAllTextAsync(Path.Combine(folder, "day_3.csv"), "n\n3\n");
        await assay.ProfileWell(datastore);

        ((long?)(await assay.FieldProfiles(await assay.ContainerId(datastore, "day_*.csv")))["n"]["sum"]).ShouldBe(6);
    }

    [Fact]
    public async Task ComputedTables_FollowTheirQuery()
    {
        var (datastore, database) = await assay.SyncedPostgres("CREATE TABLE t AS SELECT 1 AS a, 2 AS gone");
        var made = (await assay.Admin.Post("/api/containers", new JsonObject
        {
            ["container_type"] = "computed_table",
            ["datastore_id"] = datastore,
            ["name"] = "all_of_t",
            ["query"] = "SELECT * FROM t",
        })).Expect(200).Id;
        await assay.ProfileWell(datastore);

        await Syncing.RunSql(database, "ALTER TABLE t DROP COLUMN gone, ADD COLUMN b int DEFAULT 3");
        await assay.ProfileWell(datastore, Only("all_of_t"));

        (await States(made)).ShouldBe(new Dictionary<string, string> { ["a"] = "active", ["gone"] = "missing", ["b"] = "active" }, ignoreOrder: true);
        ((long?)(await assay.FieldProfiles(made))["b"]["sum"]).ShouldBe(3);
        ((long)(await Container(made))["metrics"]!["fields"]!).ShouldBe(2);
    }

    [Fact]
    public async Task AColumnThatComesToAComputedTable_IsMaskedWhereItsSourceIs()
    {
        var (datastore, database) = await assay.SyncedPostgres("CREATE TABLE t AS SELECT 1 AS a, 'hush' AS secret");
        var t = await assay.ContainerId(datastore, "t");
        var secret = (await assay.Admin.Get($"/api/containers/{t}/fields")).Expect(200).Json["items"]!.AsArray().Single(f => (string?)f!["name"] == "secret")!;
        var made = (await assay.Admin.Post("/api/containers", new JsonObject
        {
            ["container_type"] = "computed_table",
            ["datastore_id"] = datastore,
            ["name"] = "copy",
            ["query"] = "SELECT * FROM t",
        })).Expect(200).Id;
        await assay.ProfileWell(datastore);
        (await assay.Admin.Put($"/api/fields/{(long)secret["id"]!}", new JsonObject { ["status"] = "masked" })).Expect(200);

        await Syncing.RunSql(database, "ALTER TABLE t ADD COLUMN late text DEFAULT 'hush hush'");
        await assay.ProfileWell(datastore);

        (await States(made))["late"].ShouldBe("masked");
        (await assay.Admin.Get($"/api/containers/{made}/field-profiles")).Expect(200).Text.ShouldNotContain("hush");
    }

    [Fact]
    public async Task AListingThatFails_ChangesNothing()
    {
        var (datastore, database) = await assay.SyncedPostgres("CREATE SCHEMA s; CREATE TABLE public.t AS SELECT 1 AS a, 2 AS b");
        var t = await assay.ContainerId(datastore, "t");
        await assay.ProfileWell(datastore);

        await Syncing.RunSql(database, "ALTER SCHEMA public RENAME TO hidden");
        var failed = await assay.Profile(datastore);

        ((string?)failed["result"]).ShouldBe("failure");
        ((string?)failed["message"])!.ShouldContain("t: ");
        (await States(t)).Values.ShouldAllBe(s => s == "active");
        ((string?)(await Container(t))["status"]).ShouldBe("available");
    }

    [Fact]
    public async Task SyncsAndProfiles_SideBySide_ComeToTheSame()
    {
        var (datastore, database) = await assay.SyncedPostgres(string.Concat(Enumerable.Range(0, 8).Select(i => $"CREATE TABLE t{i} (n int);")));
        for (var round = 0; round < 4; round++)
        {
            await Syncing.RunSql(database, string.Concat(Enumerable.Range(0, 8).Select(i => $"ALTER TABLE t{i} ADD COLUMN c{round} int;")));
            var profile = (await assay.StartProfile(datastore, new() { ["ai_effort"] = "off" })).Expect(200).Id;
            await assay.SyncWell(datastore);
            ((string?)(await assay.UntilEnded(profile, 240))["result"]).ShouldBe("success");
        }

        foreach (var i in Enumerable.Range(0, 8))
            (await States(await assay.ContainerId(datastore, $"t{i}"))).Keys.ShouldBe(["n", "c0", "c1", "c2", "c3"], ignoreOrder: true);
    }

    private static JsonObject Only(string container) => new() { ["container_names"] = new JsonArray(container) };

    private async Task<JsonNode> Container(long id) => (await assay.Admin.Get($"/api/containers/{id}")).Expect(200).Json;

    private async Task<Dictionary<string, string>> States(long container) =>
        (await assay.Admin.Get($"/api/containers/{container}/fields?size=100")).Expect(200).Json["items"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => (string)f!["status"]!);
}
