using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assay.Testing.Npm;

namespace Assay.Testing.Azure;

/// <summary>
/// Microsoft's own emulator of Azure Blob Storage (azurite), in memory. It verifies signatures. <see cref="SharedAsync"/> gives
/// the one of this test process: make containers of your own in it.
/// </summary>
public sealed class AzureBlobServer : IAsyncDisposable
{
    public const string Account = "devstoreaccount1";
    /// <summary>The emulator's published key.</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Lazy<Task<AzureBlobServer>> shared = new(() => StartAsync());
    private static readonly HttpClient http = new();
    private static int counter;

    private readonly NodeServer node;

    private AzureBlobServer(NodeServer node) => this.node = node;

    public int Port => node.Port;
    public string Endpoint => $"http://127.0.0.1:{Port}/{Account}";

    public static Task<AzureBlobServer> SharedAsync() => shared.Value;

    public static async Task<AzureBlobServer> StartAsync() => new(await NodeServer.StartAsync(
        "azurite/dist/src/blob/main.js", "--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry"));

    /// <summary>Makes an empty container and answers its name.</summary>
    public async Task<string> CreateContainerAsync(string? name = null)
    {
        name ??= $"container-{Interlocked.Increment(ref counter)}";
        await SendAsync($"/{name}", "restype=container", null);
        return name;
    }

    public Task PutAsync(string container, string key, string content) => PutAsync(container, key, Encoding.UTF8.GetBytes(content));

    public Task PutAsync(string container, string key, byte[] content) =>
        SendAsync($"/{container}/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}", "", content);

    public ValueTask DisposeAsync() => node.DisposeAsync();

    private async Task SendAsync(string path, string query, byte[]? content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Endpoint}{path}?{query}");
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["x-ms-date"] = DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture),
            ["x-ms-version"] = "2021-12-02",
        };
        if (content is not null) headers["x-ms-blob-type"] = "BlockBlob";
        request.Content = new ByteArrayContent(content ?? []);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        var text = $"PUT\n\n\n{(content is { Length: > 0 } ? content.Length.ToString(CultureInfo.InvariantCulture) : "")}\n\n\n\n\n\n\n\n\n"
            + string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))
            + $"/{Account}{request.RequestUri!.AbsolutePath}" + (query.Length == 0 ? "" : "\n" + query.Replace('=', ':'));
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(text)));
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKey {Account}:{signature}");
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
