using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Assay.Bench.Hosting;

/// <summary>Runs operations as clients do.</summary>
internal static class Operations
{
    /// <summary>Runs one to its end.</summary>
    /// <returns>How long it took, and the most bytes that Assay held meanwhile.</returns>
    public static async Task<(TimeSpan Took, long Most)> RunAsync(HttpClient http, Servers servers, JsonObject operation)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await http.PostAsJsonAsync("/api/operations/run", operation);
        var shown = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var most = 0L;
        while (shown["end_time"] is null)
        {
            await Task.Delay(50);
            most = Math.Max(most, servers.Resident);
            shown = (await http.GetFromJsonAsync<JsonNode>($"/api/operations/{shown["id"]}"))!;
        }
        return (string?)shown["result"] == "success" ? (clock.Elapsed, most) : throw new InvalidOperationException(shown.ToJsonString());
    }
}
