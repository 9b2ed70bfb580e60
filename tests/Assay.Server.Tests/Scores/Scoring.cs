using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Scores;

/// <summary>Scores of things, waited for: they are made in the background.</summary>
internal static class Scoring
{
    public static Task<JsonNode> DatastoreScore(this AssayServer assay, long id, Func<JsonNode, bool> condition) => assay.Score($"/api/datastores/{id}", "metrics", condition);

    public static Task<JsonNode> ContainerScore(this AssayServer assay, long id, Func<JsonNode, bool> condition) => assay.Score($"/api/containers/{id}", "metrics", condition);

    /// <summary>The current scores of a container's fields, by name.</summary>
    public static async Task<Dictionary<string, JsonNode?>> FieldScores(this AssayServer assay, long container) =>
        (await assay.Admin.Get($"/api/containers/{container}/fields?size=100")).Expect(200).Json["items"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => f!["quality_score"]);

    public static double Number(this JsonNode score, string dimension) => (double)score[dimension]!;

    private static async Task<JsonNode> Score(this AssayServer assay, string path, string holder, Func<JsonNode, bool> condition)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(100))
        {
            var score = (await assay.Admin.Get(path)).Expect(200).Json[holder]!["quality_score"];
            if (score is not null && condition(score)) return score;
            if (DateTime.UtcNow > deadline) throw new Xunit.Sdk.XunitException($"Not within a minute: {path} has {score?.ToJsonString() ?? "no score"}");
        }
    }
}
