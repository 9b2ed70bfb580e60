using System.Text.Json.Nodes;

namespace Assay.Server.Tests.Harness;

/// <summary>Makes datastores for tests that are about something else than reaching a source: theirs refuse at once.</summary>
public static class TestDatastores
{
    public const string Stores = "/api/datastores";

    /// <summary>A PostgreSQL connection that nobody answers at, unlike any other.</summary>
    public static JsonObject UnreachablePostgres() => new()
    {
        ["type"] = "postgresql",
        ["host"] = "127.0.0.1",
        ["port"] = 1,
        ["username"] = $"user_{Guid.NewGuid():N}",
        ["password"] = "s3cur3_p4ssw0rd",
    };

    /// <summary>An S3 connection that nobody answers at, unlike any other.</summary>
    public static JsonObject UnreachableS3() => new()
    {
        ["type"] = "s3",
        ["uri"] = $"s3://bucket-{Guid.NewGuid():N}",
        ["access_key"] = "AKIAIOSFODNN7EXAMPLE",
        ["secret_key"] = "wJalrXUtnFEMI",
        ["parameters"] = new JsonObject { ["endpoint"] = "http://127.0.0.1:1", ["region"] = "eu-central-1" },
    };

    /// <summary>The body that creates a datastore with a connection of its own, with these members on top.</summary>
    public static JsonObject Body(params (string Name, JsonNode? Value)[] members)
    {
        var body = new JsonObject { ["name"] = People.Unique("Store"), ["database"] = "production", ["schema"] = "sales" };
        foreach (var (name, value) in members) body[name] = value?.DeepClone();
        if (!body.ContainsKey("connection_id") && !body.ContainsKey("connection")) body["connection"] = UnreachablePostgres();
        return body;
    }

    public static async Task<JsonNode> CreateDatastore(this AssayServer assay, params (string Name, JsonNode? Value)[] members) =>
        (await assay.Admin.Post(Stores, Body(members))).Expect(201).Json;

    public static async Task<long> CreateDatastoreId(this AssayServer assay, params (string Name, JsonNode? Value)[] members) =>
        (long)(await assay.CreateDatastore(members))["id"]!;

    /// <summary>An enrichment store that can be written, a folder of its own; or what these members say.</summary>
    public static async Task<long> CreateEnrichmentStoreId(this AssayServer assay, params (string Name, JsonNode? Value)[] members)
    {
        if (members.Any(m => m.Name is "connection" or "connection_id")) return await assay.CreateDatastoreId([("enrichment_only", true), .. members]);
        var folder = $"evidence-{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path.Combine(assay.FilesFolder, folder));
        var body = new JsonObject
        {
            ["name"] = People.Unique("Store"),
            ["connection"] = new JsonObject { ["type"] = "local", ["uri"] = $"file:///{folder}" },
            ["root_path"] = "/",
            ["enrichment_only"] = true,
        };
        foreach (var (name, value) in members) body[name] = value?.DeepClone();
        return (await assay.Admin.Post(Stores, body)).Expect(201).Id;
    }

    public static JsonArray Names(params string[] names) => [.. names.Select(n => JsonValue.Create(n))];
}
