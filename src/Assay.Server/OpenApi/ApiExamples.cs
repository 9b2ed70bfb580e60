using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>
/// Examples of bodies, files in <c>Examples/</c>. Named by operation (<c>datastores_create.request.json</c>, <c>tokens_create.200.json</c>) they stand
/// for that body alone; named by schema (<c>schema.Datastore.json</c>) for every answer that has none of its own and shows that thing, pages and lists of it.
/// </summary>
internal static class ApiExamples
{
    private const string PageSuffix = "Page";

    public static void Add(OpenApiOperation operation)
    {
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var request) == true)
            request.Example = Read($"{operation.OperationId}.request");
        foreach (var (status, response) in operation.Responses!)
            if (response is OpenApiResponse && response.Content?.TryGetValue("application/json", out var answer) == true)
                answer.Example = Read($"{operation.OperationId}.{status}") ?? Of(answer.Schema);
    }

    private static JsonNode? Of(IOpenApiSchema? schema) => schema switch
    {
        OpenApiSchemaReference { Reference.Id: { } id } when id.EndsWith(PageSuffix, StringComparison.Ordinal) => Page(OfThing(id[..^PageSuffix.Length])),
        OpenApiSchemaReference { Reference.Id: { } id } => OfThing(id),
        { Items: { } items } when Of(items) is { } item => new JsonArray(item),
        _ => null,
    };

    private static JsonNode? OfThing(string schema) => Read($"schema.{schema}");

    private static JsonObject? Page(JsonNode? item) => item is null ? null
        : new JsonObject { ["items"] = new JsonArray(item), ["total"] = 1, ["page"] = 1, ["size"] = 50, ["pages"] = 1 };

    private static JsonNode? Read(string name)
    {
        using var file = typeof(ApiExamples).Assembly.GetManifestResourceStream($"examples/{name}.json");
        return file is null ? null : JsonNode.Parse(file);
    }
}
