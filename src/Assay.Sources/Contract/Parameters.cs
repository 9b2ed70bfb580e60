using System.Globalization;
using System.Text.Json;

namespace Assay.Sources.Contract;

/// <summary>
/// Reads a connection's free-form parameters against an allow-list: each accepted name is asked for once, and what nobody asked for
/// is a problem. Texts and numbers are taken for each other; null counts as absent.
/// </summary>
internal sealed class Parameters(IReadOnlyDictionary<string, JsonElement> values)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<SettingProblem> problems = [];

    public string? Text(string name, int longest)
    {
        if (Read(name) is not { } text)
            return null;
        if (text.Length > longest)
            Add(name, $"String should have at most {longest} characters", "string_too_long");
        else if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            Add(name, "The text must not hold control characters");
        else
            return text;
        return null;
    }

    public string? Choice(string name, params string[] choices)
    {
        if (Read(name) is not { } text)
            return null;
        if (choices.Contains(text, StringComparer.OrdinalIgnoreCase))
            return text.ToLowerInvariant();
        Add(name, $"Input should be {string.Join(", ", choices.Select(c => $"'{c}'"))}", "enum");
        return null;
    }

    public int? Number(string name, int least, int most)
    {
        if (Read(name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Add(name, $"Input should be a whole number from {least} to {most}");
        return null;
    }

    public void Add(string name, string message, string kind = "value_error") => problems.Add(new SettingProblem(["parameters", name], message, kind));

    /// <summary>What was wrong with the values that were asked for, and every name that was not.</summary>
    public IReadOnlyList<SettingProblem> Problems(string connector) =>
    [
        .. problems,
        .. values.Where(p => p.Value.ValueKind is not JsonValueKind.Null && !known.Contains(p.Key)).Select(p => new SettingProblem(
            ["parameters", p.Key],
            $"'{p.Key}' is not a parameter of {connector}; it takes {string.Join(", ", known.Order(StringComparer.Ordinal))}", "extra_forbidden")),
    ];

    private string? Read(string name)
    {
        known.Add(name);
        if (!values.TryGetValue(name, out var value))
            return null;
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText();
            default:
                Add(name, "Input should be a text or a number");
                return null;
        }
    }
}
