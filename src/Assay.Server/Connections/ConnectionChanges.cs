using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Server.Connections;

/// <summary>What changed in a connection, for its history. Of secrets only that they changed.</summary>
internal static class ConnectionChanges
{
    private const string Changed = "changed";

    public static JsonObject OfNew(Connection fresh, IEnumerable<string> secrets) => Between(null, fresh, secrets, []);

    public static JsonObject Between(Connection? before, Connection? after, IEnumerable<string> replaced, IEnumerable<string> cleared)
    {
        var changes = new JsonObject();
        var (old, now) = (Members(before), Members(after));
        foreach (var name in old.Keys.Union(now.Keys))
        {
            var (from, to) = (old.GetValueOrDefault(name), now.GetValueOrDefault(name));
            if (!JsonNode.DeepEquals(from, to)) changes[name] = new JsonArray(from, to);
        }
        foreach (var field in replaced) changes[field] = new JsonArray(null, Changed);
        foreach (var field in cleared) changes[field] = new JsonArray(Changed, null);
        return changes;
    }

    private static Dictionary<string, JsonNode?> Members(Connection? c) => c is null ? [] : new()
    {
        ["name"] = c.Name,
        ["type"] = c.Type,
        ["host"] = c.Host,
        ["port"] = c.Port,
        ["username"] = c.Username,
        ["uri"] = c.Uri,
        ["access_key"] = c.AccessKey,
        ["catalog"] = c.Catalog,
        ["catalog_type"] = c.CatalogType,
        ["parameters"] = JsonSerializer.Deserialize<JsonNode>(c.Parameters),
        ["jdbc_fetch_size"] = c.JdbcFetchSize,
        ["max_parallelization"] = c.MaxParallelization,
        ["secrets_manager"] = c.SecretsManager is null ? null : JsonSerializer.Deserialize<JsonNode>(c.SecretsManager),
    };
}
