using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Engine.Secrets;
using Assay.Server.Web.Requests;
using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>The schemas of request records, from the same attributes that the reader of requests obeys.</summary>
internal static class RequestSchemas
{
    /// <summary>The schema of a body: a reference to the record's own, or a list of such.</summary>
    public static IOpenApiSchema OfBody(Type type, OpenApiDocument document) => OfType(type, null, document);

    /// <summary>The schema of one member, with its limits and its default.</summary>
    public static IOpenApiSchema OfMember(RequestShape.Member member, Type owner, OpenApiDocument document)
    {
        var schema = OfType(member.Type, member, document);
        if (schema is not OpenApiSchema own)
            return member.NotNull ? schema : new OpenApiSchema { OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }], Description = DescriptionOf(member, owner) };
        own.Description = DescriptionOf(member, owner);
        own.Default = DefaultOf(member, owner);
        return own;
    }

    public static string? DescriptionOf(RequestShape.Member member, Type owner)
    {
        var text = owner.GetProperty(member.Property)!.GetCustomAttribute<DescriptionAttribute>()?.Description;
        if (member.Names.Length == 1) return text;
        var aliases = string.Join(", ", member.Names[1..].Select(name => $"`{name}`"));
        return $"{text} Also taken: {aliases}.".TrimStart();
    }

    private static IOpenApiSchema OfType(Type type, RequestShape.Member? member, OpenApiDocument document)
    {
        if (typeof(JsonRequest).IsAssignableFrom(type)) return OfRecord(type, document);
        if (type == typeof(JsonElement)) return new OpenApiSchema();
        if (type == typeof(IReadOnlyDictionary<string, JsonElement>)) return Null(new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalPropertiesAllowed = true }, member);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Null(new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = Item(type.GetGenericArguments()[0], member, document),
                MaxItems = member?.MaxItems?.Length,
            }, member);
        return Null(Limited(Scalar(type), member), member);
    }

    private static IOpenApiSchema Item(Type type, RequestShape.Member? member, OpenApiDocument document) =>
        OfType(type, null, document) is OpenApiSchema { Type: not null } scalar ? Limited(scalar, member) : OfType(type, null, document);

    private static OpenApiSchemaReference OfRecord(Type type, OpenApiDocument document)
    {
        if (document.Components?.Schemas?.ContainsKey(type.Name) != true)
        {
            var schema = new OpenApiSchema { Type = JsonSchemaType.Object };
            document.AddComponent(type.Name, schema); // before its members, which may lead back to it
            var members = RequestShape.Of(type).Members;
            schema.Properties = members.ToDictionary(m => m.Name, m => OfMember(m, type, document));
            schema.Required = members.Where(m => m.Required).Select(m => m.Name).ToHashSet();
        }
        return new OpenApiSchemaReference(type.Name, document);
    }

    private static OpenApiSchema Scalar(Type type) => type switch
    {
        _ when type == typeof(string) => new() { Type = JsonSchemaType.String },
        _ when type == typeof(Secret) => new() { Type = JsonSchemaType.String, Format = "password", WriteOnly = true },
        _ when type == typeof(int) => new() { Type = JsonSchemaType.Integer, Format = "int32" },
        _ when type == typeof(long) => new() { Type = JsonSchemaType.Integer, Format = "int64" },
        _ when type == typeof(double) => new() { Type = JsonSchemaType.Number, Format = "double" },
        _ when type == typeof(bool) => new() { Type = JsonSchemaType.Boolean },
        _ when type == typeof(DateTime) => new() { Type = JsonSchemaType.String, Format = "date-time" },
        _ when type == typeof(NameOrId) => new() { Type = JsonSchemaType.Integer | JsonSchemaType.String, Description = "An id, or a name." },
        _ when type == typeof(DateOnly) => new() { Type = JsonSchemaType.String, Format = "date" },
        _ => throw new NotSupportedException($"The document does not know how a {type.Name} is sent."),
    };

    private static OpenApiSchema Limited(OpenApiSchema schema, RequestShape.Member? member)
    {
        if (member?.Length is { } length)
        {
            schema.MaxLength = length.MaximumLength;
            schema.MinLength = length.MinimumLength > 0 ? length.MinimumLength : null;
        }
        if (member?.Range is { } range && !IsUnlimited(range.Minimum)) schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
        if (member?.Range is { } upper && !IsUnlimited(upper.Maximum)) schema.Maximum = Convert.ToString(upper.Maximum, CultureInfo.InvariantCulture);
        if (member?.OneOf is { } oneOf) schema.Enum = [.. oneOf.Values.Select(v => (JsonNode)JsonValue.Create(v))];
        if (member?.Pattern is { } pattern) schema.Pattern = pattern.Pattern;
        return schema;
    }

    private static bool IsUnlimited(object bound) => bound is int.MaxValue or int.MinValue or long.MaxValue or long.MinValue or "9223372036854775807"
        || (bound is double d && d >= long.MaxValue);

    private static OpenApiSchema Null(OpenApiSchema schema, RequestShape.Member? member)
    {
        if (member is not { NotNull: false }) return schema;
        schema.Type |= JsonSchemaType.Null;
        if (schema.Enum is { } values) schema.Enum = [.. values, JsonNullSentinel.JsonNull];
        return schema;
    }

    private static JsonNode? DefaultOf(RequestShape.Member member, Type owner)
    {
        if (member.Required || owner.IsAbstract) return null;
        return owner.GetProperty(member.Property)!.GetValue(Activator.CreateInstance(owner)) switch
        {
            bool flag => JsonValue.Create(flag),
            int number => JsonValue.Create(number),
            long number => JsonValue.Create(number),
            string { Length: > 0 } text => JsonValue.Create(text),
            _ => null,
        };
    }
}
