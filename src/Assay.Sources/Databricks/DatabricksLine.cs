using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Databricks;

/// <summary>Requests to a workspace. A service principal's token is fetched when it is first needed and again before it runs out; it is kept in memory only.</summary>
internal sealed class DatabricksLine(DatabricksAccess access, WarehouseHttp http) : IDisposable
{
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim signingIn = new(1);
    private string? token;
    private DateTimeOffset until;

    public WarehouseHttp Http => http;

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancel, bool once = false)
    {
        var authority = await TokenAsync(cancel);
        var answer = await http.SendAsync(() =>
        {
            var message = new HttpRequestMessage(method, new Uri(access.Endpoint, path));
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", authority);
            if (body is not null) message.Content = WarehouseHttp.Json(body);
            return message;
        }, cancel, once);
        return answer.Succeeded ? answer.Body : throw DatabricksFaults.OfStatus(answer, access);
    }

    public void Dispose() => signingIn.Dispose();

    private async Task<string> TokenAsync(CancellationToken cancel)
    {
        if (access.Client is null) return access.Password.Reveal();
        await signingIn.WaitAsync(cancel);
        try
        {
            if (token is not null && http.Time.GetUtcNow() < until) return token;
            var answer = await http.SendAsync(() =>
            {
                var message = new HttpRequestMessage(HttpMethod.Post, new Uri(access.Endpoint, "/oidc/v1/token"))
                {
                    Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", "all-apis")]),
                };
                message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{access.Client}:{access.Password.Reveal()}")));
                return message;
            }, cancel);
            if (!answer.Succeeded || answer.Body.TextAt("access_token") is not { } fresh)
                throw DatabricksFaults.OfStatus(answer with { Status = System.Net.HttpStatusCode.Unauthorized }, access);
            until = http.Time.GetUtcNow() + TimeSpan.FromSeconds(answer.Body.NumberAt("expires_in") ?? 3600) - Reserve;
            return token = fresh;
        }
        finally
        {
            signingIn.Release();
        }
    }
}
