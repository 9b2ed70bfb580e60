using System.Globalization;
using Assay.Sources.Files.Http;

namespace Assay.Sources.Abfs;

/// <summary>The few requests of Azure's blob service that are needed here; its own SDK is not to be had from this build's registry.</summary>
internal sealed class BlobClient(AbfsSettings settings, HttpClient http, AzureSignIn.Session? session, TimeProvider time) : IDisposable
{
    private const string Version = "2021-12-02";
    private readonly string container = $"{settings.Endpoint.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(settings.Container)}";

    public Task<HttpResponseMessage> ListAsync(string prefix, string? marker, int? most, bool recursive, CancellationToken cancel) => SendAsync(
        HttpMethod.Get,
        $"{container}?restype=container&comp=list&include=metadata&prefix={Uri.EscapeDataString(prefix)}"
            + (marker is null ? "" : $"&marker={Uri.EscapeDataString(marker)}") + (most is null ? "" : $"&maxresults={most}")
            + (recursive ? "" : "&delimiter=%2F"),
        _ => { }, cancel);

    /// <param name="last">The last byte wanted; null reads to the end.</param>
    public Task<HttpResponseMessage> GetAsync(string key, long first, long? last, CancellationToken cancel) => SendAsync(
        HttpMethod.Get, UrlOf(key), request =>
        {
            if (first > 0 || last is not null) request.Headers.Add("x-ms-range", $"bytes={first}-{last?.ToString(CultureInfo.InvariantCulture)}");
        }, cancel);

    public Task<HttpResponseMessage> PutAsync(string key, Func<Stream> open, CancellationToken cancel) => SendAsync(
        HttpMethod.Put, UrlOf(key), request =>
        {
            request.Headers.Add("x-ms-blob-type", "BlockBlob");
            request.Content = new StreamContent(open());
        }, cancel);

    /// <summary>Asks for a key to sign shared access signatures with; only principals get one.</summary>
    public Task<HttpResponseMessage> GetDelegationKeyAsync(string body, CancellationToken cancel) => SendAsync(
        HttpMethod.Post, $"{settings.Endpoint.AbsoluteUri.TrimEnd('/')}/?restype=service&comp=userdelegationkey",
        request => request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/xml"), cancel);

    public Task<HttpResponseMessage> DeleteAsync(string key, CancellationToken cancel) => SendAsync(HttpMethod.Delete, UrlOf(key), _ => { }, cancel);

    public void Dispose()
    {
        http.Dispose();
        session?.Dispose();
    }

    private string UrlOf(string key) => $"{container}/{KeyPath.Escape(key)}";

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, Action<HttpRequestMessage> prepare, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, KeyPath.ToUri(url));
        request.Headers.Add("x-ms-version", Version);
        request.Headers.Add("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        prepare(request);
        if (session is null) SharedKeySignature.Sign(request, settings.Account, settings.AccountKey!);
        else request.Headers.Authorization = new("Bearer", await session.TokenAsync(cancel));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }
}
