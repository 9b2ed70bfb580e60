using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Azure;
using Assay.Testing.Npm;
using Assay.Testing.S3;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Datastores;

/// <summary>Datastores on files, as a client meets them: register, sync, look at, read.</summary>
public sealed class FileDatastoreTests(AssayServer assay)
{
    // The server does not verify signatures, so any secret will do.
    private const string Secret = "b4cket-s3cret";

    private static string Bucket(S3Server server) => server.CreateBucket($"b-{Guid.NewGuid():n}");

    private static JsonObject S3(S3Server server, string bucket, string access = S3Server.AccessKey) => new()
    {
        ["type"] = "s3",
        ["uri"] = $"s3://{bucket}",
        ["access_key"] = access,
        ["secret_key"] = Secret,
        ["parameters"] = new JsonObject { ["endpoint"] = server.Endpoint },
    };

    private static JsonObject Store(JsonObject connection, string root = "/", bool enrichmentOnly = false) => new()
    {
        ["name"] = People.Unique("Files"),
        ["connection"] = connection,
        ["root_path"] = root,
        ["enrichment_only"] = enrichmentOnly,
        ["trigger_sync"] = false,
    };

    private async Task<Dictionary<string, JsonNode>> Containers(long datastore) =>
        (await assay.Admin.Get($"/api/containers?datastore={datastore}&limit=100")).Expect(200).Json["items"]!.AsArray().ToDictionary(c => (string)c!["name"]!, c => c!);

    private async Task<string> Fields(JsonNode container) => string.Join(", ",
        (await assay.Admin.Get($"/api/fields?container={container["id"]}&limit=100")).Expect(200).Json["items"]!.AsArray().Select(f => $"{f!["name"]} {f["type"]}").Order(StringComparer.Ordinal));

    private async Task<JsonArray> Rows(JsonNode container) =>
        (await assay.Admin.Get($"/api/containers/{container["id"]}/preview?limit=100")).Expect(200).Json["rows"]!.AsArray();

    [Fact]
    public async Task Sync_OfABucket_MakesContainersWhoseRowsCanBeSeen()
    {
        var server = await S3Server.SharedAsync();
        var bucket = Bucket(server);
        server.Put(bucket, "raw/orders_20240228.csv", "id,amount,paid\n1,9.90,2024-02-28\n");
        server.Put(bucket, "raw/orders_20240229.csv", "id,amount,paid\n2,19.90,\n");
        server.Put(bucket, "raw/movies.json", NpmPackages.Vega("movies.json"));
        server.Put(bucket, "raw/flights.parquet", NpmPackages.Vega("flights-3m.parquet"));
        server.Put(bucket, "raw/bad.parquet", "no parquet");
        server.Put(bucket, "raw/empty.csv", "");
        server.Put(bucket, "other/x.csv", "id\n1\n");
        var created = (await assay.Admin.Post(Stores, Store(S3(server, bucket), "raw"))).Expect(201);
        ((string?)created.Json["root_path"]).ShouldBe("/raw/");
        created.Text.ShouldNotContain(Secret);

        var done = await assay.SyncWell(created.Id);

        var found = await Containers(created.Id);
        found.Keys.Order(StringComparer.Ordinal).ShouldBe(["bad.parquet", "empty.csv", "flights.parquet", "movies.json", "orders_*.csv"]);
        done["containers_listed"].ShouldBe(5);
        (await Fields(found["orders_*.csv"])).ShouldBe("amount Fractional, id Integral, paid Date");
        (await Rows(found["orders_*.csv"])).Select(r => r!.ToJsonString()).Order(StringComparer.Ordinal).ShouldBe(
            ["""{"id":1,"amount":9.9,"paid":"2024-02-28"}""", """{"id":2,"amount":19.9,"paid":null}"""]);
        (await Rows(found["flights.parquet"])).Count.ShouldBe(100);
        (await assay.Admin.Get($"/api/containers/{found["bad.parquet"]["id"]}/preview")).Expect(409).Detail!.ShouldContain("The file is damaged");
        (await Rows(found["movies.json"])).Count.ShouldBe(100);
        var parts = (await assay.Admin.Get($"/api/partitions?container={found["orders_*.csv"]["id"]}")).Expect(200).Json["items"]!.AsArray();
        parts.Select(p => (string)p!["name"]!).ShouldBe(["orders_20240228.csv", "orders_20240229.csv"]);
        parts.ShouldAllBe(p => (long)p!["partition_size"]! > 0 && p["last_modified"] != null && ((string)p["location"]!).StartsWith($"s3://{bucket}/raw/"));

        server.Put(bucket, "raw/orders_20240301.csv", "id,amount,paid,note\n3,1,2024-03-01,n\n");
        server.Put(bucket, "raw/new.csv", "a\n1\n");
        server.Delete(bucket, "raw/movies.json");
        (await assay.SyncWell(created.Id, new JsonObject { ["prune"] = true })).Containers.ShouldBe((1, 1, 0, 1));
        found = await Containers(created.Id);
        found.Keys.Order(StringComparer.Ordinal).ShouldBe(["bad.parquet", "empty.csv", "flights.parquet", "new.csv", "orders_*.csv"]);
        (await Fields(found["orders_*.csv"])).ShouldBe("amount Fractional, id Integral, note String, paid Date");
        (await Rows(found["orders_*.csv"])).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Create_OnAnExistingConnection_CoversItsOwnRootPath()
    {
        var server = await S3Server.SharedAsync();
        var bucket = Bucket(server);
        server.Put(bucket, "a/x.csv", "id\n1\n");
        server.Put(bucket, "b ü/y.csv", "id\n1\n");
        var first = (await assay.Admin.Post(Stores, Store(S3(server, bucket), "/a"))).Expect(201);
        var second = Store([], "b ü").With(new JsonObject { ["connection"] = null, ["connection_id"] = first.Json["connection"]!["id"]!.DeepClone() });
        var created = (await assay.Admin.Post(Stores, second)).Expect(201);
        ((string?)created.Json["root_path"]).ShouldBe("/b ü/");
        await assay.SyncWell(created.Id);
        (await Containers(created.Id)).Keys.ShouldBe(["y.csv"]);
    }

    [Fact]
    public async Task Create_InAzure_IsReadLikeAnyOther()
    {
        var server = await AzureBlobServer.SharedAsync();
        var container = await server.CreateContainerAsync($"c{Guid.NewGuid():n}");
        await server.PutAsync(container, "raw/a.csv.gz", Gzip("id;name\n1;ü\n"));
        var created = (await assay.Admin.Post(Stores, Store(new JsonObject
        {
            ["type"] = "abfs",
            ["uri"] = $"abfs://{container}@{AzureBlobServer.Account}.dfs.core.windows.net",
            ["access_key"] = AzureBlobServer.Account,
            ["secret_key"] = AzureBlobServer.Key,
            ["parameters"] = new JsonObject { ["endpoint"] = server.Endpoint },
        }, "/raw/"))).Expect(201);
        await assay.SyncWell(created.Id);
        (await Rows((await Containers(created.Id))["a.csv.gz"])).ShouldHaveSingleItem()!.ToJsonString().ShouldBe("""{"id":1,"name":"\u00FC"}""");
    }

    [Fact]
    public async Task Test_OfABucket_SaysWhichStepFailed()
    {
        var server = await S3Server.SharedAsync();
        var bucket = Bucket(server);
        async Task<string> Refusal(JsonObject connection) => (await assay.Admin.Post($"{Stores}/connection", Store(connection))).Expect(400).Message!;

        (await Refusal(S3(server, bucket, "AKIAUNKNOWN"))).ShouldContain("access key is not known");
        (await Refusal(S3(server, "no-such-bucket"))).ShouldContain("There is no bucket 'no-such-bucket'");
        (await Refusal(S3(server, bucket).With(new JsonObject { ["parameters"] = new JsonObject { ["endpoint"] = "http://127.0.0.1:1" } }))).ShouldContain("Nothing listens at 127.0.0.1:1");
        (await assay.Admin.Post($"{Stores}/connection", Store(S3(server, bucket), "/nothing/here"))).Expect(204);
        (await assay.Admin.Post($"{Stores}/connection", Store(S3(server, bucket), enrichmentOnly: true))).Expect(204);
        server.KeysOf(bucket).ShouldBeEmpty();
        (await assay.Admin.Post($"{Stores}/connection", Store(S3(server, bucket), "/../x"))).Expect(422).Errors().ShouldHaveSingleItem().Loc.ShouldBe("body.root_path");
    }

    [Fact]
    public async Task Discovery_OnFiles_Is409()
    {
        var server = await S3Server.SharedAsync();
        var connection = (await assay.Admin.Post("/api/connections", S3(server, Bucket(server)).With(new JsonObject { ["name"] = People.Unique("s3") }))).Expect(200);
        (await assay.Admin.Get($"/api/connections/{connection.Id}/catalogs")).Expect(409);
        (await assay.Admin.Get($"/api/connections/{connection.Id}/schemas")).Expect(409);
    }

    [Fact]
    public async Task Create_OfALocalFolder_ReadsItAndNothingOutsideTheFilesRoot()
    {
        var folder = $"shop-{Guid.NewGuid():n}";
        Directory.CreateDirectory(Path.Combine(assay.FilesFolder, folder));
        await File.WriteAllTextAsync(Path.Combine(assay.FilesFolder, folder, "x.csv"), "id\n7\n");
        var created = (await assay.Admin.Post(Stores, Store(new JsonObject { ["type"] = "local", ["uri"] = $"file:///{folder}" }))).Expect(201);
        await assay.SyncWell(created.Id);
        (await Rows((await Containers(created.Id))["x.csv"])).ShouldHaveSingleItem()!.ToJsonString().ShouldBe("""{"id":7}""");
        (await assay.Admin.Post(Stores, Store(new JsonObject { ["type"] = "local", ["uri"] = "file:///../etc" }))).Expect(422).Errors().ShouldHaveSingleItem().Loc.ShouldBe("body.connection.uri");
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest)) gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
