using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Server.Connections.SecretsManagers;

/// <summary>The part of JSONPath that names one place: <c>$</c>, <c>.name</c>, <c>['name']</c> and <c>[0]</c>.</summary>
internal sealed partial class JsonPath
{
    public const string Expected = "Input should be a JSONPath to one place, such as $.auth.client_token or $['data'][0]";

    private readonly IReadOnlyList<object> steps;

    private JsonPath(IReadOnlyList<object> steps) => this.steps = steps;

    [GeneratedRegex("""\G(?:\.(?<name>[^.\[\]'"\s*?@()]+)|\['(?<name>[^']*)'\]|\["(?<name>[^"]*)"\]|\[(?<index>\d{1,9})\])""")]
    private static partial Regex Step { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = null;
        if (!text.StartsWith('$')) return false;
        var steps = new List<object>();
        var at = 1;
        while (at < text.Length)
        {
            var match = Step.Match(text, at);
            if (!match.Success) return false;
            steps.Add(match.Groups["index"].Success ? int.Parse(match.Groups["index"].ValueSpan, CultureInfo.InvariantCulture) : match.Groups["name"].Value);
            at += match.Length;
        }
        path = new JsonPath(steps);
        return true;
    }

    /// <summary>The value at the place, or null where there is none.</summary>
    public JsonElement? Find(JsonElement json)
    {
        foreach (var step in steps)
        {
            if (step is string name && json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member)) json = member;
            else if (step is int index && json.ValueKind == JsonValueKind.Array && index < json.GetArrayLength()) json = json[index];
            else return null;
        }
        return json;
    }
}
