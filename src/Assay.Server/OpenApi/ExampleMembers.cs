using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>Gives examples of answers the members that a thing has come to show since they were written, each as empty as its schema lets it be.</summary>
internal static class ExampleMembers
{
    public static void Complete(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations!.Values))
            foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>())
                foreach (var content in response.Content?.Values ?? []) Complete(content.Schema, content.Example);
    }

    private static void Complete(IOpenApiSchema? schema, JsonNode? value)
    {
        if (value is JsonArray array)
            foreach (var item in array) Complete(schema?.Items, item);
        if (value is not JsonObject thing || Form(schema, thing) is not { Properties: { } properties } form) return;
        foreach (var name in form.Required ?? new HashSet<string>())
            if (!thing.ContainsKey(name) && properties.TryGetValue(name, out var missing)) thing[name] = Empty(missing);
        foreach (var (name, member) in thing.ToList())
            if (properties.TryGetValue(name, out var known)) Complete(known, member);
    }

    /// <summary>Of several forms the one that has most of the thing's members.</summary>
    private static IOpenApiSchema? Form(IOpenApiSchema? schema, JsonObject thing) => Forms(schema) is { Count: > 0 } forms
        ? forms.Where(f => f.Properties is not null).MaxBy(f => thing.Count(member => f.Properties!.ContainsKey(member.Key))) : schema;

    private static List<IOpenApiSchema> Forms(IOpenApiSchema? schema) => [.. schema?.OneOf ?? [], .. schema?.AnyOf ?? []];

    private static JsonNode? Empty(IOpenApiSchema schema)
    {
        if (schema.Type is not { } type || type.HasFlag(JsonSchemaType.Null) || Forms(schema).Any(f => f.Type == JsonSchemaType.Null)) return null;
        if (type.HasFlag(JsonSchemaType.Array)) return new JsonArray();
        if (type.HasFlag(JsonSchemaType.Boolean)) return false;
        if (type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number)) return 0;
        if (type.HasFlag(JsonSchemaType.String)) return schema.Format == "date-time" ? "2026-03-31T14:30:00.000000Z" : "";
        var thing = new JsonObject();
        Complete(schema, thing);
        return thing;
    }
}
