using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.OfficialClient;

/// <summary>
/// Speaks HTTP as the reference's official command line does: a content type on every call, also without a body; its page sizes; whole
/// answers sent back with a change on top.
/// </summary>
internal sealed class CliClient(Uri server, string token) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(server, "/api/"), Timeout = TimeSpan.FromSeconds(30) };

    public Task<JsonNode?> Get(string path) => Send(HttpMethod.Get, path);
    public Task<JsonNode?> Post(string path, JsonNode? body = null) => Send(HttpMethod.Post, path, body);

    /// <summary>The answer's JSON; null for an empty one. An error status is an error.</summary>
    public async Task<JsonNode?> Send(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "")) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd("*/*");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {text}", null, response.StatusCode);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <summary>All pages of a list, a hundred at a time.</summary>
    public async Task<List<JsonNode>> ListAll(string path, string query = "")
    {
        var items = new List<JsonNode>();
        for (var page = 1; ; page++)
        {
            var answer = (await Get($"{path}?page={page}&size=100{query}"))!;
            items.AddRange(answer["items"]!.AsArray().Select(i => i!));
            if (page * 100 >= (long)answer["total"]!) return items;
        }
    }

    /// <summary>The first of this very name, fifty at a time until a page is not full.</summary>
    public async Task<JsonNode?> FindByName(string path, string name, string query = "")
    {
        for (var page = 1; ; page++)
        {
            var items = (await Get($"{path}?page={page}&size=50{query}"))!["items"]!.AsArray();
            if (items.FirstOrDefault(i => (string?)i!["name"] == name) is { } found) return found;
            if (items.Count < 50) return null;
        }
    }

    /// <summary>Changes a datastore: what a GET shows goes back whole, flattened, with the change on top.</summary>
    public async Task<JsonNode> UpdateDatastore(long id, JsonObject changes)
    {
        var body = (await Get($"datastores/{id}"))!.AsObject();
        foreach (var list in new[] { "teams", "tags" })
            if (body[list] is JsonArray named) body[list] = new JsonArray([.. named.Select(n => n is JsonObject o ? o["name"]!.DeepClone() : n!.DeepClone())]);
        if (body["connection"] is JsonObject connection)
        {
            body.Remove("connection");
            if (!body.ContainsKey("connection_id")) body["connection_id"] = connection["id"]!.DeepClone();
        }
        return (await Send(HttpMethod.Put, $"datastores/{id}", body.With(changes)))!;
    }

    /// <summary>Changes a connection: name, type, what a GET shows of parameters and secrets manager, and the change.</summary>
    public async Task<JsonNode> UpdateConnection(long id, JsonObject changes)
    {
        var shown = (await Get($"connections/{id}"))!;
        var body = new JsonObject { ["name"] = shown["name"]!.DeepClone(), ["type"] = shown["type"]!.DeepClone() };
        foreach (var kept in new[] { "secrets_manager", "parameters" })
            if (shown[kept] is { } value) body[kept] = value.DeepClone();
        return (await Send(HttpMethod.Put, $"connections/{id}", body.With(changes)))!;
    }

    /// <summary>Changes a container: its type, what a GET shows of the members that are copied for that type, and the change.</summary>
    public async Task<JsonNode> UpdateContainer(long id, JsonObject changes)
    {
        var shown = (await Get($"containers/{id}"))!.AsObject();
        var body = new JsonObject { ["container_type"] = shown["container_type"]!.DeepClone() };
        string[] copied = (string)shown["container_type"]! switch
        {
            "file" => ["escape_character", "infer_datatypes", "has_header", "treat_empty_as_null"],
            "computed_table" => ["incremental_field_name", "incremental_identifier_type", "name", "query"],
            "computed_file" => ["where_clause", "group_by_clause", "lateral_views", "name", "select_clause"],
            "computed_join" when shown["query"] is not null || shown["sources"] is not null => ["name"],
            "computed_join" => ["name", "where_clause", "group_by_clause"],
            _ => ["partition_field", "incremental_field_name", "incremental_identifier_type", "infer_datatypes"],
        };
        foreach (var kept in copied)
            if (shown.ContainsKey(kept)) body[kept] = shown[kept]?.DeepClone();
        return (await Send(HttpMethod.Put, $"containers/{id}", body.With(changes)))!;
    }

    /// <summary>Follows an operation to its end, reading of each answer what the client reads.</summary>
    public async Task<JsonNode> Wait(long operation)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(90); DateTime.UtcNow < deadline; await Task.Delay(100))
        {
            var shown = (await Get($"operations/{operation}"))!.AsObject();
            if (shown["end_time"] is not null)
            {
                shown.ContainsKey("message").ShouldBeTrue();
                shown["result"].ShouldNotBeNull();
                return shown;
            }
            if (shown.ContainsKey("status")) shown["status"].ShouldBeOfType<JsonObject>();
        }
        throw new TimeoutException($"Operation {operation} did not end");
    }

    public void Dispose() => http.Dispose();
}
