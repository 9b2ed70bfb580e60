using System.Text.Json;

namespace Assay.Quality.Computed.Fields;

/// <summary>Reads a formula's properties by what the transformation says of them.</summary>
internal static class FormulaProperties
{
    extension(FieldFormula formula)
    {
        /// <summary>The first property that is not what it should be; null where all are.</summary>
        public FormulaFault? Fault(FieldTransformation transformation) => transformation.Properties.Select(p => Fault(p, formula.Property(p.Name))).FirstOrDefault(f => f is not null);

        public string? Text(string name) => formula.Property(name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? value : null;

        public bool? Flag(string name) => formula.Property(name)?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

        public IReadOnlyList<string> List(string name) => formula.Property(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(i => i.GetString()!)] : [];

        private JsonElement? Property(string name) =>
            formula.Properties.ValueKind == JsonValueKind.Object && formula.Properties.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static FormulaFault? Fault(TransformationProperty property, JsonElement? value)
    {
        var member = $"properties.{property.Name}";
        if (value is not { } sent || property.Type == "text" && sent.ValueKind == JsonValueKind.String && sent.GetString()!.Trim().Length == 0)
            return property.Required ? new FormulaFault(member, "Field required") : null;
        return property.Type switch
        {
            "text" when sent.ValueKind != JsonValueKind.String => new(member, "Input should be a text"),
            "text" when sent.GetString()!.Length > Checks.CheckValidator.LongestExpression => new(member, $"must not be longer than {Checks.CheckValidator.LongestExpression} characters"),
            "flag" when sent.ValueKind is not (JsonValueKind.True or JsonValueKind.False) => new(member, "Input should be true or false"),
            "list" when sent.ValueKind != JsonValueKind.Array || sent.EnumerateArray().Any(i => i.ValueKind != JsonValueKind.String) => new(member, "Input should be a list of texts"),
            _ => null,
        };
    }
}
