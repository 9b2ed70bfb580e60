using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>Makes the schemas of answers say what is really sent: plain numbers, timestamps, and every member present.</summary>
internal sealed class ViewSchemas : IOpenApiSchemaTransformer
{
    private const JsonSchemaType Numbers = JsonSchemaType.Integer | JsonSchemaType.Number;

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(DateTime)) schema.Type = JsonSchemaType.String;
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && schema.Properties is { } properties)
        {
            var optional = context.JsonTypeInfo.Properties.Where(p => p.ShouldSerialize is not null).Select(p => p.Name).ToHashSet();
            schema.Required = properties.Keys.Where(name => !optional.Contains(name)).ToHashSet();
        }
        return Task.CompletedTask;
    }

    /// <summary>Tidies a finished schema and all below it, those too that the framework shows to no transformer, such as the forms of a base type.</summary>
    public static void Tidy(IOpenApiSchema? any)
    {
        if (any is not OpenApiSchema schema) return;
        // The serializer would also read numbers from text; it never writes them so.
        if (schema.Type is { } kind && (kind & Numbers) != 0 && kind.HasFlag(JsonSchemaType.String) && schema.Pattern is not null)
        {
            schema.Type = kind & ~JsonSchemaType.String;
            schema.Pattern = null;
        }
        if (schema.Format == "date-time") schema.Type ??= JsonSchemaType.String | JsonSchemaType.Null;
        if (schema.Type is { } list && list.HasFlag(JsonSchemaType.Array)) schema.Items ??= new OpenApiSchema();
        schema.Description = schema.Description?.ReplaceLineEndings(" "); // docstrings are wrapped
        foreach (var part in schema.Properties?.Values ?? []) Tidy(part);
        foreach (var part in (schema.AnyOf ?? []).Concat(schema.OneOf ?? [])) Tidy(part);
        Tidy(schema.Items);
        Tidy(schema.AdditionalProperties);
    }
}
