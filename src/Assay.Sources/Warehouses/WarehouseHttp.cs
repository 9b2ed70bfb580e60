using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Network;

namespace Assay.Sources.Warehouses;

/// <summary>HTTP as the vendors' services need it: through the host policy, without redirects (they would carry tokens away), JSON in and out.</summary>
internal sealed class WarehouseHttp : IDisposable
{
    /// <summary>Vendors hold an answer back while a statement runs, none longer than a minute.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(100);

    private static readonly JsonSerializerOptions Sent = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly HttpClient client;
    private readonly TimeProvider time;

    public WarehouseHttp(GuardedHttp http, WarehouseAccess access, TimeProvider time)
    {
        var handler = http.CreateHandler();
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.AutomaticDecompression = DecompressionMethods.All;
        handler.ConnectTimeout = access.ConnectTimeout;
        if (access.Authorities is { } authorities) handler.SslOptions.CertificateChainPolicy = TrustOnly(authorities);
        (this.time, Guard) = (time, http);
        client = new HttpClient(handler) { Timeout = AnswerLimit };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Assay", typeof(WarehouseHttp).Assembly.GetName().Version!.ToString(3)));
    }

    public TimeProvider Time => time;

    /// <summary>The way past the host policy, for libraries that make clients of their own.</summary>
    public GuardedHttp Guard { get; }

    /// <summary>Sends a request, again where the service was busy, and reads the answer's JSON, whatever its status.</summary>
    /// <param name="once">The request must not be carried out twice.</param>
    public async Task<WarehouseAnswer> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancel, bool once = false)
    {
        using var answer = await Retries.RunAsync(async stop =>
        {
            using var message = request();
            return await client.SendAsync(message, stop);
        }, time, cancel, once);
        return new WarehouseAnswer(answer.StatusCode, await BodyAsync(answer, cancel), answer.Headers);
    }

    /// <summary>Opens a large answer to read it as it comes; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        var answer = await Retries.RunAsync(async stop =>
        {
            using var message = request();
            return await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop);
        }, time, cancel);
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
            throw new WarehouseRefusal(SourceFaultCode.SourceError, $"A part of the result could not be fetched (HTTP {(int)answer.StatusCode}).", answer.ReasonPhrase);
    }

    /// <summary>Members that are null are left out.</summary>
    public static HttpContent Json(object body) => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, Sent))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    public void Dispose() => client.Dispose();

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancel);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException) when (!answer.IsSuccessStatusCode || bytes.Length == 0)
        {
            // Refusals often come as text or a page; their status says enough.
            return default;
        }
    }

    public static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
