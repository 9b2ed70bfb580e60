using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

/// <summary>
/// Requests of one session. Its token lasts an hour and is renewed when Snowflake says that it has run out; a heartbeat keeps the whole
/// session from ending under a long read. Both tokens are only ever here, in memory.
/// </summary>
internal sealed class SnowflakeLine : IAsyncDisposable
{
    private const string TokenExpired = "390112";
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    private readonly Uri root;
    private readonly WarehouseHttp http;
    private readonly SemaphoreSlim renewing = new(1);
    private readonly CancellationTokenSource ended = new();
    private readonly Task heart;
    private string token;
    private string master;

    public SnowflakeLine(Uri root, WarehouseHttp http, JsonElement login)
    {
        (this.root, this.http) = (root, http);
        token = login.TextAt("token") ?? throw new FormatException("The answer to the sign-in has no token.");
        master = login.TextAt("masterToken") ?? "";
        var pause = TimeSpan.FromSeconds(login.NumberAt("masterValidityInSeconds") ?? 14_400) / 4;
        heart = BeatAsync(pause > LongestPause ? LongestPause : pause < ShortestPause ? ShortestPause : pause);
    }

    public WarehouseHttp Http => http;

    /// <param name="path">Path and query, as Snowflake itself writes them in its answers.</param>
    /// <param name="body">What is posted; null makes it a GET.</param>
    /// <returns>The whole answer, successful or not.</returns>
    public async Task<JsonElement> SendAsync(string path, object? body, CancellationToken cancel)
    {
        var used = token;
        var answer = await SendAsync(path, body, used, cancel);
        if (answer.TextAt("code") != TokenExpired) return answer;
        await RenewAsync(used, cancel);
        return await SendAsync(path, body, token, cancel);
    }

    public static string NewRequest(string path, Guid? request = null) => $"{path}?requestId={request ?? Guid.NewGuid():d}&request_guid={Guid.NewGuid():d}";

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await heart.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A session that nobody ends ends by itself.
        await PartingRequest.TryAsync(http.Time, limit => SendAsync(NewRequest("/session") + "&delete=true", new { }, token, limit));
        ended.Dispose();
        renewing.Dispose();
    }

    private async Task<JsonElement> SendAsync(string path, object? body, string authority, CancellationToken cancel)
    {
        var answer = await http.SendAsync(() =>
        {
            var message = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(root, path));
            message.Headers.Authorization = new AuthenticationHeaderValue("Snowflake", $"Token=\"{authority}\"");
            message.Headers.Accept.ParseAdd("application/json");
            if (body is not null) message.Content = WarehouseHttp.Json(body);
            return message;
        }, cancel);
        // Renewal is asked for by an expired token's answer, which may come with this status.
        if (!answer.Succeeded && !(answer.Status is HttpStatusCode.Unauthorized && answer.Body.TextAt("code") == TokenExpired))
            throw SnowflakeFaults.OfStatus(answer, root);
        return answer.Body;
    }

    private async Task RenewAsync(string used, CancellationToken cancel)
    {
        await renewing.WaitAsync(cancel);
        try
        {
            // Another request of this session may have been first.
            if (token != used) return;
            var answer = await SendAsync(NewRequest("/session/token-request"), new { oldSessionToken = used, requestType = "RENEW" }, master, cancel);
            if (answer.TextAt("data", "sessionToken") is not { } renewed)
                throw new WarehouseRefusal(SourceFaultCode.ConnectionLost, "Snowflake ended the session and did not renew it. Try again.", answer.TextAt("message"));
            token = renewed;
            master = answer.TextAt("data", "masterToken") ?? master;
        }
        finally
        {
            renewing.Release();
        }
    }

    private async Task BeatAsync(TimeSpan pause)
    {
        using var timer = new PeriodicTimer(pause, http.Time);
        while (await timer.WaitForNextTickAsync(ended.Token))
        {
            try
            {
                await SendAsync(NewRequest("/session/heartbeat"), new { }, ended.Token);
            }
            catch (Exception e) when (e is HttpRequestException or WarehouseRefusal or JsonException or TaskCanceledException && !ended.IsCancellationRequested)
            {
                // The next beat, or the statement itself, will tell.
            }
        }
    }
}
