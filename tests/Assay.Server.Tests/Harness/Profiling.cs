using System.Text.Json.Nodes;

namespace Assay.Server.Tests.Harness;

/// <summary>Profiles run to their end, and what they found.</summary>
public static class Profiling
{
    /// <summary>A datastore over a new folder of files.</summary>
    public static async Task<long> RegisterFiles(this AssayServer assay, Action<string> fill)
    {
        var name = People.Unique("folder");
        var folder = Directory.CreateDirectory(Path.Combine(assay.FilesFolder, name)).FullName;
        fill(folder);
        return (await assay.Admin.Post("/api/datastores", new JsonObject
        {
            ["name"] = People.Unique("Files"),
            ["connection"] = new JsonObject { ["name"] = People.Unique("local"), ["type"] = "local", ["uri"] = $"file:///{name}" },
            ["root_path"] = "/",
            ["trigger_sync"] = false,
            ["teams"] = new JsonArray(People.Unique("Team")),
        })).Expect(201).Id;
    }

    /// <summary>A synced datastore of a new database with these tables.</summary>
    public static async Task<(long Datastore, string Database)> SyncedPostgres(this AssayServer assay, string sql)
    {
        var database = await Syncing.CreateDatabase(sql);
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        return (datastore, database);
    }

    public static async Task<Answer> StartProfile(this AssayServer assay, long datastore, JsonObject? settings = null) =>
        await assay.Admin.Post("/api/operations/run", new JsonObject { ["type"] = "profile", ["datastore_id"] = datastore }.With(settings ?? []));

    public static async Task<JsonNode> Profile(this AssayServer assay, long datastore, JsonObject? settings = null) =>
        await assay.UntilEnded((await assay.StartProfile(datastore, settings)).Expect(200).Id, 240);

    /// <summary>Runs a profile that must succeed without a word.</summary>
    public static async Task<JsonNode> ProfileWell(this AssayServer assay, long datastore, JsonObject? settings = null)
    {
        var operation = await assay.Profile(datastore, settings);
        ((string?)operation["result"]).ShouldBe("success", operation.ToJsonString());
        ((string?)operation["message"]).ShouldBeNull();
        return operation;
    }

    public static async Task<long> ContainerId(this AssayServer assay, long datastore, string name) =>
        (long)(await assay.Admin.Get($"/api/containers?datastore={datastore}&name={Uri.EscapeDataString(name)}")).Expect(200).Json["items"]!.AsArray().Single()!["id"]!;

    /// <summary>The latest field profiles of a container, by name.</summary>
    public static async Task<Dictionary<string, JsonNode>> FieldProfiles(this AssayServer assay, long container)
    {
        var found = new Dictionary<string, JsonNode>();
        for (var page = 1; ; page++)
        {
            var answer = (await assay.Admin.Get($"/api/containers/{container}/field-profiles?size=100&page={page}")).Expect(200).Json;
            foreach (var item in answer["items"]!.AsArray()) found.Add((string)item!["name"]!, item);
            if (page >= (int)answer["pages"]!) return found;
        }
    }
}
