using System.Text.Json;
using Assay.Server.Web.Responses;

namespace Assay.Server.Checks;

/// <summary>Texts for the variables in expressions: <c>{"day": "DATE '2024-01-01'"}</c>.</summary>
internal static class CheckVariables
{
    public static Outcome<IReadOnlyDictionary<string, string>> Read(IReadOnlyDictionary<string, JsonElement>? sent, IReadOnlyList<object> loc)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var errors = new List<FieldError>();
        foreach (var (name, value) in sent ?? new Dictionary<string, JsonElement>())
        {
            if (value.ValueKind is JsonValueKind.String) values[name] = value.GetString()!;
            else if (value.ValueKind is JsonValueKind.Number) values[name] = value.GetRawText();
            else errors.Add(new FieldError([.. loc, name], "Input should be a valid string", "string_type"));
        }
        return errors.Count > 0 ? Failure.Invalid(errors) : values;
    }
}
