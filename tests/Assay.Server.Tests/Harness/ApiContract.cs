using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assay.Server.Tests.Harness;

/// <summary>
/// Holds every answer that any test gets against the OpenAPI document: a status that the document does not know, or a body that
/// its schema does not allow, fails the test that met it.
/// </summary>
public sealed class ApiContract
{
    private readonly JsonNode document;
    private readonly List<(Regex Path, string Template, JsonObject Item)> paths;

    public ApiContract(JsonNode document)
    {
        this.document = document;
        // Literal segments win over parameters, as in routing.
        paths = [.. document["paths"]!.AsObject()
            .OrderBy(p => p.Key.Count(c => c == '{')).ThenBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => (PatternOf(p.Key), p.Key, p.Value!.AsObject()))];
    }

    /// <exception cref="Xunit.Sdk.XunitException">The answer is not what the document says.</exception>
    public void Check(HttpMethod method, string pathAndQuery, Answer answer)
    {
        var path = pathAndQuery.Split('?')[0].TrimEnd('/');
        var found = paths.FirstOrDefault(p => p.Path.IsMatch(path));
        if (found.Item?[method.Method.ToLowerInvariant()] is not JsonObject operation) return;
        if (answer is { Code: 400, Text: "" }) return; // Kestrel's own, for what is not even HTTP
        var place = $"{method} {found.Template} → {answer.Code}";
        if (operation["responses"]![$"{answer.Code}"] is not { } response)
            throw new Xunit.Sdk.XunitException($"{place} is not in the OpenAPI document: declare it with .Fails({answer.Code}) on the route. The answer was: {answer.Text}");
        var schema = JsonSchema.Resolve(document, response)["content"]?["application/json"]?["schema"];
        if (schema is null && answer.MediaType is { } media && JsonSchema.Resolve(document, response)["content"]?[media] is not null) return; // text other than JSON
        if (schema is null) { answer.Text.ShouldBeEmpty(place); return; }
        var problems = JsonSchema.Problems(document, schema, JsonNode.Parse(answer.Text), "$").Take(5).ToList();
        if (problems.Count > 0) throw new Xunit.Sdk.XunitException($"{place} is not what the OpenAPI document says:\n{string.Join('\n', problems)}\n{answer.Text}");
    }

    private static Regex PatternOf(string template)
    {
        // A name in the last place may hold slashes.
        var pattern = Regex.Replace(Regex.Escape(template), @"\\\{(\w+)}", match => match.Groups[1].Value == "name" ? ".+" : "[^/]+");
        return new Regex($"^{pattern}$", RegexOptions.Compiled);
    }
}
