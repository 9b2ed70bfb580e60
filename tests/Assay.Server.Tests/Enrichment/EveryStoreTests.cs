using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.MariaDb;
using Assay.Testing.S3;
using Microsoft.Data.Sqlite;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Enrichment;

/// <summary>The same evidence in stores of every other kind that runs here, read back by the engine.</summary>
public sealed class EveryStoreTests(AssayServer assay)
{
    [Fact]
    public async Task FiveSchemas_OnboardedProfiledAndScanned_AreReadWithAnyClient_AndOverS3()
    {
        const int schemas = 5;
        var database = await Syncing.CreateDatabase(string.Concat(Enumerable.Range(1, schemas).Select(i => $"""
            CREATE SCHEMA shop_{i}; CREATE TABLE shop_{i}.sales (id int PRIMARY KEY, amount numeric(10,2) NOT NULL, status text);
            INSERT INTO shop_{i}.sales SELECT i, 5 + (i * 37) % 400 / 4.0, CASE WHEN i % 3 = 0 THEN 'open' ELSE 'paid' END FROM generate_series(1, 300) i;
            """)));
        var (postgres, s3) = (await assay.PostgresStore(), (await assay.Admin.Post(Stores, await StoreAsync("s3"))).Expect(201).Id);
        var mark = $"five{Guid.NewGuid():N}"[..10];
        var created = (await assay.Admin.Post("/api/connections/datastores/bulk", new JsonObject
        {
            ["connection"] = await TestSources.PostgresConnection(),
            ["database"] = database,
            ["schemas"] = Names([.. Enumerable.Range(1, schemas).Select(i => $"shop_{i}")]),
            ["name_template"] = mark + "_{{ schema }}",
            ["enrichment_datastore_id"] = postgres.Id,
            ["enrichment_remediation_strategy"] = "append",
        })).Expect(200).Json["created"]!.AsArray().Select(id => (long)id!).ToArray();
        foreach (var datastore in created)
        {
            await assay.SyncWell(datastore);
            await assay.ProfileWell(datastore, new JsonObject { ["ai_effort"] = "medium" });
        }
        for (var i = 1; i <= schemas; i++) await Syncing.RunSql(database, $"UPDATE shop_{i}.sales SET status = 'piad' WHERE id = {i}");

        foreach (var datastore in created) await assay.ScanAndDeliver(datastore);

        for (var i = 1; i <= schemas; i++)
        {
            var table = $"_{mark}_shop_{i}";
            var container = await assay.ContainerId(created[i - 1], "sales");
            (await postgres.Query($"SELECT DISTINCT source_container FROM {table}_failed_checks WHERE quality_check_rule_type = 'expectedValues' AND quality_check_fields = 'status'")).ShouldBe(["sales"]);
            (await postgres.Query($"SELECT id, status FROM {table}_remediation_{container}")).ShouldBe([$"{i}|piad"]);
            (await postgres.Query($"SELECT records_processed, result FROM {table}_scan_operations")).ShouldBe(["300|success"]);
        }
        foreach (var datastore in created)
        {
            (await assay.Admin.Patch($"{Stores}/{datastore}/enrichment/{s3}")).Expect(200);
            await assay.ScanAndDeliver(datastore);
        }
        for (var i = 1; i <= schemas; i++)
            (await assay.Written(s3, $"_{mark}_shop_{i}_source_records")).Select(r => (string)r!["record"]!).ShouldContain(r => r.Contains($"\"id\":\"{i}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("s3")]
    [InlineData("mariadb")]
    [InlineData("sqlite")]
    public async Task Evidence_IsThere_OnceAndWhole(string type)
    {
        var store = (await assay.Admin.Post(Stores, await StoreAsync(type))).Expect(201).Id;
        var (datastore, _, prefix) = await assay.Linked(Enriching.Orders, store, "append");
        var (container, negative, _) = await assay.OrderChecks(datastore);

        await assay.ScanAndDeliver(datastore);
        var operation = await assay.ScanAndDeliver(datastore);

        var listing = (await assay.Admin.Get($"{Stores}/{store}/listing")).Expect(200).Json.AsArray();
        listing.Select(t => ((string)t!["name"]!, (string)t["label"]!, (long)t["datastore"]!["id"]!)).ShouldBe(
        [
            ($"{prefix}_check_metrics", "check_metrics", datastore), ($"{prefix}_failed_checks", "failed_checks", datastore), ($"{prefix}_remediation_{container}", "orders", datastore),
            ($"{prefix}_scan_operations", "scan_operations", datastore), ($"{prefix}_source_records", "source_records", datastore),
        ]);
        (await assay.Written(store, $"{prefix}_failed_checks")).Count.ShouldBe(6);
        var failures = await assay.Written(store, $"{prefix}_failed_checks", $"operation_id = {operation["id"]} AND quality_check_id = {negative}");
        failures.Count.ShouldBe(2);
        failures.ShouldAllBe(f => (string)f!["source_container"]! == "orders" && (string)f["quality_check_rule_type"]! == "notNegative");
        (await assay.Written(store, $"{prefix}_source_records")).Select(r => (string)r!["record"]!).Count(r => r.Contains("\"price\":\"-5.25\"")).ShouldBe(2);
        (await assay.Written(store, $"{prefix}_check_metrics")).Count.ShouldBe(4);
        var rows = await assay.Written(store, $"{prefix}_remediation_{container}", "id = 8");
        rows.Count.ShouldBe(2);
        ((decimal)rows[0]!["price"]!, (string?)rows[0]!["placed"]).ShouldBe((-6m, "2024-01-09"));
        (await assay.Written(store, $"{prefix}_scan_operations")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task FilesOfAStore_AreOneContainerATable_ForWhoSyncsThem()
    {
        var folder = $"evidence-{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path.Combine(assay.FilesFolder, folder));
        var store = (await assay.Admin.Post(Stores, Local(folder))).Expect(201).Id;
        var (datastore, _, prefix) = await assay.Linked(Enriching.Orders, store);
        await assay.OrderChecks(datastore);
        for (var i = 0; i < 3; i++) await assay.ScanAndDeliver(datastore);

        await assay.SyncWell(store);

        var names = (await assay.Admin.Get($"/api/containers/listing?datastore={store}")).Expect(200).Json.AsArray().Select(c => (string)c!["name"]!).ToArray();
        foreach (var table in new[] { "check_metrics", "failed_checks", "scan_operations", "source_records" })
            names.Count(n => n.StartsWith($"{prefix}_{table}/", StringComparison.Ordinal)).ShouldBe(1, string.Join(" ", names));
    }

    private async Task<JsonObject> StoreAsync(string type)
    {
        var body = new JsonObject { ["name"] = People.Unique("Evidence"), ["enrichment_only"] = true };
        switch (type)
        {
            case "s3":
                var s3 = await S3Server.SharedAsync();
                body["connection"] = new JsonObject
                {
                    ["type"] = "s3",
                    ["uri"] = $"s3://{s3.CreateBucket($"b-{Guid.NewGuid():n}")}",
                    ["access_key"] = S3Server.AccessKey,
                    ["secret_key"] = S3Server.SecretKey,
                    ["parameters"] = new JsonObject { ["endpoint"] = s3.Endpoint },
                };
                body["root_path"] = "/quality/";
                return body;
            case "mariadb":
                var maria = await MariaDbServer.SharedAsync();
                var database = await maria.CreateDatabaseAsync($"evidence_{Guid.NewGuid():n}");
                var user = await maria.CreateUserAsync($"ALL ON `{database}`.*");
                body["connection"] = new JsonObject { ["type"] = "mariadb", ["host"] = maria.Host, ["port"] = maria.Port, ["username"] = user.Name, ["password"] = user.Password };
                body["database"] = database;
                return body;
            case "sqlite":
                var name = $"evidence-{Guid.NewGuid():N}";
                Directory.CreateDirectory(Path.Combine(assay.FilesFolder, name));
                await using (var file = new SqliteConnection($"Data Source={Path.Combine(assay.FilesFolder, name, "evidence.db")};Pooling=False"))
                {
                    await file.OpenAsync();
                    await using var command = file.CreateCommand();
                    command.CommandText = "CREATE TABLE theirs (id int)";
                    await command.ExecuteNonQueryAsync();
                }
                body["connection"] = new JsonObject { ["type"] = "sqlite", ["uri"] = $"file:///{name}" };
                body["database"] = "evidence.db";
                return body;
            default:
                var folder = $"evidence-{Guid.NewGuid():N}";
                Directory.CreateDirectory(Path.Combine(assay.FilesFolder, folder));
                return Local(folder);
        }
    }

    private static JsonObject Local(string folder) => new()
    {
        ["name"] = People.Unique("Evidence"),
        ["enrichment_only"] = true,
        ["connection"] = new JsonObject { ["type"] = "local", ["uri"] = $"file:///{folder}" },
        ["root_path"] = "/",
    };
}
