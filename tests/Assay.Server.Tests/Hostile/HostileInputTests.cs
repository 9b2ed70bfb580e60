using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Server.Web.Requests;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Tests.Hostile;

/// <summary>
/// Sends what no careful client sends to every route that the server has, into every member of its body, every query parameter and
/// every place in its path. Whatever comes, the answer is not an error of the server, and a refusal says why in JSON.
/// </summary>
public sealed class HostileInputTests(HostileTargets targets) : IClassFixture<HostileTargets>
{
    private const int AtOnce = 4;

    [Fact]
    public async Task Body_WithAHostileMember_IsNeverAServerError() =>
        await Send(from route in Routes.All(targets.Assay)
                   let record = RequestBodies.BodyOf(route, out _)
                   where record is not null
                   from member in Members(record, [])
                   from value in HostileValues.Members
                   select new Attempt(route, targets.Path(route), Body(route, record, member, value)));

    [Fact]
    public async Task Body_ThatIsBrokenOrMissing_IsNeverAServerError() =>
        await Send(from route in Routes.All(targets.Assay)
                   from body in HostileValues.Bodies
                   select new Attempt(route, targets.Path(route), body));

    [Fact]
    public async Task Query_WithAHostileValue_IsNeverAServerError() =>
        await Send(from route in Routes.All(targets.Assay)
                   let record = RequestBodies.QueryOf(route)
                   where record is not null
                   from member in RequestShape.Of(record).Members
                   from value in HostileValues.Texts.Where(v => v.Length < 1000)
                   select new Attempt(route, $"{targets.Path(route)}?{member.Name}={Uri.EscapeDataString(value)}&{member.Name}=%ff%fe", null));

    [Fact]
    public async Task Path_WithAHostilePlace_IsNeverAServerError() =>
        await Send(from route in Routes.All(targets.Assay)
                   where route.RoutePattern.Parameters.Count > 0
                   from value in HostileValues.Texts.Where(v => v.Length is > 0 and < 1000).Append("0").Append("%ff").Append("999999999")
                   select new Attempt(route, RoutePaths.Fill(route, Uri.EscapeDataString(value)), null));

    private async Task Send(IEnumerable<Attempt> attempts)
    {
        var faults = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var sent = 0;
        // Deletes come last, so that what the others aim at is still there.
        foreach (var batch in attempts.GroupBy(a => a.Route.Method() == "DELETE").OrderBy(g => g.Key))
            await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (attempt, _) =>
            {
                Interlocked.Increment(ref sent);
                if (await Fault(attempt) is { } fault) faults.Enqueue(fault);
            });
        sent.ShouldBeGreaterThan(50);
        faults.GroupBy(f => f.Split('\n')[0]).Select(g => g.First()).ShouldBeEmpty();
    }

    private async Task<string?> Fault(Attempt attempt)
    {
        var content = attempt.Body is null ? null : new StringContent(attempt.Body, Encoding.UTF8, "application/json");
        Answer answer;
        try { answer = await targets.Assay.Admin.SendRaw(new HttpMethod(attempt.Route.Method()), attempt.Path, content); }
        catch (TaskCanceledException) { return $"{attempt.Route.Title()}\nno answer: {attempt}"; }
        // A request line that is not HTTP at all never gets as far as the application: Kestrel answers 400 without a body.
        var sound = answer.Code < 500 && (answer.Code < 400 || IsRefusal(answer.Text) || (answer.Code == 400 && attempt.Path.Contains("%00")));
        return sound ? null : $"{attempt.Route.Title()}\n{answer.Code} {answer.Text} for {attempt}";
    }

    private static bool IsRefusal(string text)
    {
        try { return JsonNode.Parse(text) is JsonObject body && (body.ContainsKey("detail") || body.ContainsKey("message")); }
        catch (JsonException) { return false; }
    }

    /// <summary>Every member of the record, and of the records within it, as a path of names.</summary>
    private static IEnumerable<string[]> Members(Type record, string[] outer)
    {
        foreach (var member in RequestShape.Of(record).Members)
        {
            string[] path = [.. outer, member.Name];
            yield return path;
            if (typeof(JsonRequest).IsAssignableFrom(member.Type) && path.Length < 3)
                foreach (var inner in Members(member.Type, path)) yield return inner;
        }
    }

    private string Body(RouteEndpoint route, Type record, string[] member, string value)
    {
        RequestBodies.BodyOf(route, out var isList);
        var body = targets.Bodies.Plausible(record);
        var at = body;
        var shape = record;
        foreach (var name in member[..^1])
        {
            shape = RequestShape.Of(shape).Members.First(m => m.Name == name).Type;
            if (at[name] is not JsonObject) at[name] = targets.Bodies.Plausible(shape);
            at = at[name]!.AsObject();
        }
        const string place = "⟨here⟩";
        at[member[^1]] = place;
        var text = body.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .Replace($"\"{place}\"", value, StringComparison.Ordinal);
        return isList ? $"[{text}]" : text;
    }

    private sealed record Attempt(RouteEndpoint Route, string Path, string? Body)
    {
        public override string ToString() => $"{Shorten(Path)} {Shorten(Body ?? "")}";
        private static string Shorten(string text) => text.Length <= 400 ? text : text[..400] + "…";
    }
}
