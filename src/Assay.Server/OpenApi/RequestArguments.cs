using System.Text.RegularExpressions;
using Assay.Server.Web.Requests;
using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>Path, query and body of an operation.</summary>
internal static partial class RequestArguments
{
    public static void Describe(OpenApiOperation operation, string path, IEnumerable<Type> arguments, OpenApiDocument document)
    {
        operation.Parameters = [.. InPath(path)];
        foreach (var argument in arguments)
        {
            if (argument == typeof(IdempotencyKey))
            {
                operation.Parameters.Add(InHeader());
                continue;
            }
            var type = argument.GetGenericArguments()[0];
            if (argument.GetGenericTypeDefinition() == typeof(Query<>))
                foreach (var parameter in InQuery(type, document)) operation.Parameters.Add(parameter);
            else operation.RequestBody = new OpenApiRequestBody
            {
                Required = argument.GetGenericTypeDefinition() == typeof(Body<>),
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = RequestSchemas.OfBody(type, document) } },
            };
        }
        if (operation.Parameters.Count == 0) operation.Parameters = null;
    }

    private static IEnumerable<OpenApiParameter> InPath(string path)
    {
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (Parameter().Match(segments[i]) is not { Success: true } match) continue;
            var name = match.Groups[1].Value;
            var isId = name == "id" || name.EndsWith("_id", StringComparison.Ordinal);
            yield return new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Description = isId ? $"Id of the {Thing(name, segments, i)}." : $"{char.ToUpperInvariant(name[0])}{name[1..]} of the {Thing("id", segments, i)}.",
                Schema = isId
                    ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" }
                    : new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }

    /// <summary>What the parameter is of: <c>enrichment_id</c> names it, a bare <c>id</c> belongs to the resource of the route.</summary>
    private static string Thing(string name, string[] segments, int index) =>
        (name != "id" ? name[..^"_id".Length] : (index > 2 && !segments[1].EndsWith('{') ? segments[1] : segments[index - 1]).TrimEnd('s')).Replace('_', ' ').Replace('-', ' ');

    private static OpenApiParameter InHeader() => new()
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Description = $"Makes it safe to send the request again: with the same key nothing is made twice, also where the first was cut off half way. A finished request's answer comes back as it was, with the header {IdempotencyKey.ReplayedHeader}. The same key with another request is refused (422). Keys are each caller's own and are kept for 7 days.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.MostCharacters },
    };

    private static IEnumerable<OpenApiParameter> InQuery(Type type, OpenApiDocument document)
    {
        foreach (var member in RequestShape.Of(type).Members)
        {
            var schema = (OpenApiSchema)RequestSchemas.OfMember(member, type, document);
            schema.Type &= ~JsonSchemaType.Null; // a query string knows no null
            if (schema.Enum is { } values) schema.Enum = [.. values.Where(v => v is not null && !JsonNullSentinel.IsJsonNullSentinel(v))];
            schema.Description = null;
            yield return new OpenApiParameter
            {
                Name = member.Name,
                In = ParameterLocation.Query,
                Required = member.Required,
                Description = RequestSchemas.DescriptionOf(member, type),
                Schema = schema,
            };
        }
    }

    [GeneratedRegex(@"^\{\**(\w+)[^}]*\}$")]
    private static partial Regex Parameter();
}
