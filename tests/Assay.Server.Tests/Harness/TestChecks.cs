using System.Text.Json.Nodes;

namespace Assay.Server.Tests.Harness;

/// <summary>Containers to write checks for, without a source behind them, and checks as clients send them.</summary>
internal static class TestChecks
{
    public const string AllChecks = "/api/quality-checks";

    /// <summary>A table of every scalar type, in a datastore of its own that is everybody's.</summary>
    public static async Task<(long Datastore, long Container)> SeedOrders(this AssayServer assay)
    {
        var datastore = await assay.CreateDatastoreId();
        return (datastore, await assay.SeedTable(datastore,
            ("id", "Integral"), ("price", "Fractional"), ("discount", "Fractional"), ("name", "String"), ("email", "String"), ("paid", "Boolean"), ("day", "Date"), ("created_at", "Timestamp")));
    }

    /// <summary>The body of a check.</summary>
    /// <param name="properties">A JSON object as text; null for none.</param>
    public static JsonObject Check(long container, string rule, string[] fields, string? properties = null) => new()
    {
        ["container_id"] = container,
        ["rule"] = rule,
        ["description"] = $"{rule} on {string.Join(", ", fields)}",
        ["fields"] = new JsonArray([.. fields.Select(f => JsonValue.Create(f))]),
        ["coverage"] = null,
        ["filter"] = null,
        ["properties"] = properties is null ? null : JsonNode.Parse(properties),
        ["tags"] = new JsonArray(),
        ["additional_metadata"] = new JsonObject(),
        ["status"] = "Active",
    };

    public static async Task<Answer> CreateCheck(this AssayServer assay, long container, string rule, string[] fields, string? properties = null, JsonObject? with = null) =>
        (await assay.Admin.Post(AllChecks, Check(container, rule, fields, properties).With(with ?? []))).Expect(200);

    /// <summary>What a client sends back to <c>PUT</c> after <c>GET</c>.</summary>
    public static JsonObject ToUpdate(this Answer check) => new()
    {
        ["description"] = check.Json["description"]!.DeepClone(),
        ["fields"] = new JsonArray([.. check.Json["fields"]!.AsArray().Select(f => f!["name"]!.DeepClone())]),
        ["coverage"] = check.Json["coverage"]?.DeepClone(),
        ["filter"] = check.Json["filter"]?.DeepClone(),
        ["properties"] = check.Json["properties"]?.DeepClone(),
        ["tags"] = new JsonArray([.. check.Json["global_tags"]!.AsArray().Select(t => t!["name"]!.DeepClone())]),
        ["additional_metadata"] = check.Json["additional_metadata"]!.DeepClone(),
        ["status"] = check.Json["status"]!.DeepClone(),
    };
}
