using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Reading;
using Assay.Sources.Files.Stores;
using Assay.Sources.Network;

namespace Assay.Sources.Gcs;

/// <summary>A bucket by Google's own JSON interface, for service accounts.</summary>
internal sealed class GcsFileStore(GcsSettings settings, GoogleSignIn signIn, HttpClient http, HostPolicy policy, TimeProvider time) : IFileStore
{
    private readonly string objects = $"{settings.Endpoint.AbsoluteUri}storage/v1/b/{Uri.EscapeDataString(settings.Bucket)}/o";

    public async IAsyncEnumerable<StoredFile> ListAsync(string prefix, int? pageSize, bool recursive, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? token = null;
        do
        {
            var url = $"{objects}?prefix={Uri.EscapeDataString(prefix)}&maxResults={pageSize ?? 1000}&fields=nextPageToken,items(name,size,updated)"
                + (recursive ? "" : "&delimiter=%2F")
                + (token is null ? "" : $"&pageToken={Uri.EscapeDataString(token)}");
            var page = await PageAsync(url, cancel);
            foreach (var item in page.Items ?? [])
                if (!item.Name.EndsWith('/'))
                    yield return new StoredFile(item.Name, long.Parse(item.Size ?? "0", CultureInfo.InvariantCulture), item.Updated?.ToUniversalTime());
            token = page.NextPageToken;
        } while (!string.IsNullOrEmpty(token));
    }

    public async Task<Stream> OpenAsync(string key, long offset, long? count, CancellationToken cancel)
    {
        var answer = await SendAsync(FileSteps.Read, () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, KeyPath.ToUri($"{UrlOf(key)}?alt=media"));
            if (offset > 0 || count is not null) request.Headers.Range = new RangeHeaderValue(offset, offset + count - 1);
            // Without this the service unpacks objects that were stored packed, and ranges would mean something else.
            request.Headers.AcceptEncoding.Add(new("gzip"));
            return request;
        }, cancel);
        var content = await answer.Content.ReadAsStreamAsync(cancel);
        return count is null ? content : new BoundedStream(content, count.Value);
    }

    public async Task WriteAsync(string key, Func<Stream> open, CancellationToken cancel)
    {
        var url = $"{settings.Endpoint.AbsoluteUri}upload/storage/v1/b/{Uri.EscapeDataString(settings.Bucket)}/o?uploadType=media&name={Uri.EscapeDataString(key)}";
        using var answer = await SendAsync(FileSteps.Write, () => new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StreamContent(open()) { Headers = { ContentType = new("application/octet-stream") } },
        }, cancel);
    }

    public async Task DeleteAsync(string key, CancellationToken cancel)
    {
        using var answer = await SendAsync(FileSteps.Delete, () => new HttpRequestMessage(HttpMethod.Delete, KeyPath.ToUri(UrlOf(key))), cancel);
    }

    public async Task<EngineReach> ReachAsync(CancellationToken cancel)
    {
        await EngineAddress.CheckAsync(policy, settings.Endpoint, cancel);
        return new GcsReach(settings, await signIn.TokenAsync(cancel));
    }

    public string LocationOf(string key) => $"gs://{settings.Bucket}/{key}";

    public void Dispose()
    {
        http.Dispose();
        signIn.Dispose();
    }

    /// <summary>Here the whole key is one segment: its slashes are escaped, too.</summary>
    private string UrlOf(string key) => $"{objects}/{Uri.EscapeDataString(key)}";

    private async Task<Page> PageAsync(string url, CancellationToken cancel)
    {
        using var answer = await SendAsync(FileSteps.List, () => new HttpRequestMessage(HttpMethod.Get, url), cancel);
        try
        {
            return await JsonSerializer.DeserializeAsync<Page>(await answer.Content.ReadAsStreamAsync(cancel), JsonSerializerOptions.Web, cancel) ?? new Page(null, null);
        }
        catch (Exception broken) when (broken is JsonException or HttpIOException or IOException)
        {
            throw GcsFaults.Of(broken, settings, FileSteps.List);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string step, Func<HttpRequestMessage> create, CancellationToken cancel)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await Retries.RunAsync(async stop =>
            {
                using var request = create();
                request.Headers.Authorization = new("Bearer", await signIn.TokenAsync(stop));
                return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            }, time, cancel);
        }
        catch (SourceException)
        {
            // The sign-in already says what is wrong.
            throw;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            throw GcsFaults.Of(failure, settings, step);
        }
        if (answer.IsSuccessStatusCode) return answer;
        using (answer) throw GcsFaults.Of(answer, settings, step);
    }

    private sealed record Page(IReadOnlyList<Item>? Items, string? NextPageToken);

    private sealed record Item(string Name, string? Size, DateTimeOffset? Updated);
}
