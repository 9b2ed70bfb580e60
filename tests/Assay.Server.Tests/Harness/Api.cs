using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Server.Tests.Harness;

/// <summary>Assay's HTTP API as one caller sees it. Every answer is held against the API's own description.</summary>
public sealed class Api(HttpClient http, ApiContract? contract = null)
{
    public HttpClient Http => http;

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);
    public Task<Answer> Delete(string path, JsonNode? body = null) => Send(HttpMethod.Delete, path, body);
    public Task<Answer> Post(string path, JsonNode? body = null) => Send(HttpMethod.Post, path, body);
    public Task<Answer> Put(string path, JsonNode? body = null) => Send(HttpMethod.Put, path, body);
    public Task<Answer> Patch(string path, JsonNode? body = null) => Send(HttpMethod.Patch, path, body);

    public Task<Answer> Send(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers) =>
        SendRaw(method, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), headers);

    public async Task<Answer> SendRaw(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var answer = new Answer(response.StatusCode, text, response.Content.Headers.ContentType?.MediaType) { Headers = response.Headers };
        contract?.Check(method, path, answer);
        return answer;
    }
}

/// <summary>What the API answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, string? MediaType)
{
    public System.Net.Http.Headers.HttpResponseHeaders? Headers { get; init; }
    public int Code => (int)Status;
    public JsonNode Json => JsonNode.Parse(Text)!;
    public long Id => (long)Json["id"]!;
    public string? Detail => (string?)Json["detail"];

    public string? Message => (string?)Json["message"];

    /// <summary>The errors of a 422, <c>loc</c> joined by dots.</summary>
    public IReadOnlyList<(string Loc, string Msg, string Type)> Errors() =>
        [.. Json["detail"]!.AsArray().Select(e => (string.Join('.', e!["loc"]!.AsArray().Select(l => l!.ToString())), (string)e["msg"]!, (string)e["type"]!))];

    /// <summary>The answer itself, when it has the status; otherwise a failure that shows the body.</summary>
    public Answer Expect(int status) => Code == status ? this : throw new Xunit.Sdk.XunitException($"Expected {status}, was {Code}: {Text}");
}
