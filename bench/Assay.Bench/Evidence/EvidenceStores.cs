using System.Text.Json.Nodes;
using Assay.Testing.Postgres;
using Assay.Testing.S3;

namespace Assay.Bench.Evidence;

/// <summary>Enrichment stores to write to.</summary>
internal static class EvidenceStores
{
    public static async Task<long> CreateAsync(HttpClient http, JsonObject body, bool isSource = false)
    {
        (body["name"], body["enrichment_only"]) = (isSource ? "Source" : "Evidence", !isSource);
        using var answer = await http.PostAsJsonAsync("/api/datastores", body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? (long)JsonNode.Parse(text)!["id"]! : throw new InvalidOperationException(text);
    }

    public static JsonObject Postgres(PostgresServer server, string database) => new()
    {
        ["connection"] = new JsonObject { ["name"] = "pg", ["type"] = "postgresql", ["host"] = server.Host, ["port"] = server.Port, ["username"] = server.Superuser, ["password"] = server.Password },
        ["database"] = database,
        ["schema"] = "public",
    };

    public static async Task<JsonObject> S3Async(string bucket) => new()
    {
        ["connection"] = new JsonObject
        {
            ["name"] = "s3",
            ["type"] = "s3",
            ["uri"] = $"s3://{bucket}",
            ["access_key"] = S3Server.AccessKey,
            ["secret_key"] = S3Server.SecretKey,
            ["parameters"] = new JsonObject { ["endpoint"] = (await S3Server.SharedAsync()).Endpoint },
        },
        ["root_path"] = "/",
    };

    /// <summary>A datastore on a database with a role that may only read.</summary>
    public static async Task<JsonObject> SourceAsync(PostgresServer server, string database)
    {
        var (body, reader) = (Postgres(server, database), await server.CreateReaderAsync());
        (body["trigger_sync"], body["connection"]!["name"], body["connection"]!["username"], body["connection"]!["password"]) = (false, "source", reader.Name, reader.Password);
        return body;
    }
}
