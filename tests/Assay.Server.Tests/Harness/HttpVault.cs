using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Tests.Harness;

/// <summary>A small real secrets manager: a login that gives a token good for one fetch, and secrets for whoever shows it.</summary>
public sealed class HttpVault : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, bool> tokens = new();

    private HttpVault(WebApplication app) => this.app = app;

    public Uri Url { get; private set; } = null!;
    /// <summary>What a login must post.</summary>
    public JsonObject Credentials { get; } = new() { ["role_id"] = "assay", ["secret_id"] = Guid.NewGuid().ToString() };
    /// <summary>The keys and values that are handed out.</summary>
    public ConcurrentDictionary<string, JsonNode> Values { get; } = new();
    public int Logins { get; private set; }
    /// <summary>Answers in the place of the secrets, where set.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    public static async Task<HttpVault> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var vault = new HttpVault(builder.Build());
        vault.app.MapPost("/v1/auth/approle/login", vault.Login);
        vault.app.MapGet("/v1/secret/data/db", vault.Fetch);
        await vault.app.StartAsync();
        vault.Url = new Uri(vault.app.Urls.First());
        return vault;
    }

    /// <summary>The <c>secrets_manager</c> that uses this vault.</summary>
    public JsonObject Manager() => new()
    {
        ["login_url"] = new Uri(Url, "/v1/auth/approle/login").ToString(),
        ["credentials_payload"] = Credentials.ToJsonString(),
        ["secret_url"] = new Uri(Url, "/v1/secret/data/db").ToString(),
        ["data_jsonpath"] = "$.data.data",
    };

    private async Task Login(HttpContext http)
    {
        Logins++;
        var sent = await JsonNode.ParseAsync(http.Request.Body);
        if (!JsonNode.DeepEquals(sent, Credentials))
        {
            http.Response.StatusCode = 403;
            return;
        }
        var token = Guid.NewGuid().ToString();
        tokens[token] = true;
        await http.Response.WriteAsJsonAsync(new JsonObject { ["auth"] = new JsonObject { ["client_token"] = token } });
    }

    private async Task Fetch(HttpContext http)
    {
        if (!tokens.TryRemove(http.Request.Headers["X-Vault-Token"].ToString(), out _)) http.Response.StatusCode = 403;
        else if (Instead is { } other) await other(http);
        else await http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["data"] = new JsonObject { ["data"] = new JsonObject(Values.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value.DeepClone()))) },
        });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
