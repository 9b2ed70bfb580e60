using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assay.Sources.Tests.Files;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Tests.Gcs;

/// <summary>
/// Google's token service and as much of its storage interface as the connector uses, with objects in memory: no emulator of it
/// is to be had from npm. Signatures of sign-ins are verified.
/// </summary>
internal sealed class GcsStub : IAsyncDisposable
{
    public const string Email = "assay@test.iam.gserviceaccount.com";
    public const string Bucket = "acme";
    public const string Token = "ya29.token";

    private readonly RSA key = RSA.Create(2048);
    private readonly SortedDictionary<string, byte[]> objects = new(StringComparer.Ordinal);
    private StubServer server = null!;

    public string Endpoint => server.Endpoint;
    public int SignIns { get; private set; }
    public IEnumerable<string> Keys => objects.Keys;
    /// <summary>What the token service answers instead of a token: error and description.</summary>
    public (string Error, string Description)? Refusal { get; set; }
    /// <summary>The status of every storage request instead of an answer.</summary>
    public int? Status { get; set; }

    public static async Task<GcsStub> StartAsync()
    {
        var stub = new GcsStub();
        stub.server = await StubServer.StartAsync(stub.AnswerAsync);
        return stub;
    }

    public GcsStub With(string name, string content) => With(name, Encoding.UTF8.GetBytes(content));

    public GcsStub With(string name, byte[] content)
    {
        objects[name] = content;
        return this;
    }

    /// <param name="ownKey">Sign with a key that the token service does not know.</param>
    public string AccountKey(bool ownKey = false) => JsonSerializer.Serialize(new
    {
        type = "service_account",
        client_email = Email,
        token_uri = $"{Endpoint}/token",
        private_key = ownKey ? RSA.Create(2048).ExportPkcs8PrivateKeyPem() : key.ExportPkcs8PrivateKeyPem(),
    });

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var path = request.Path.Value!;
        if (path == "/token") await SignInAsync(context);
        else if (request.Headers.Authorization != $"Bearer {Token}") response.StatusCode = 401;
        else if (Status is not null) response.StatusCode = Status.Value;
        else if (path == $"/upload/storage/v1/b/{Bucket}/o" && HttpMethods.IsPost(request.Method))
        {
            var content = new MemoryStream();
            await request.Body.CopyToAsync(content);
            objects[request.Query["name"]!] = content.ToArray();
            await response.WriteAsJsonAsync(new { });
        }
        else if (path == $"/storage/v1/b/{Bucket}/o") await ListAsync(request, response);
        else if (path.StartsWith($"/storage/v1/b/{Bucket}/o/") && objects.TryGetValue(Uri.UnescapeDataString(RawTail(context)), out var found))
        {
            if (HttpMethods.IsDelete(request.Method)) objects.Remove(Uri.UnescapeDataString(RawTail(context)));
            else await Results.Bytes(found, enableRangeProcessing: true).ExecuteAsync(context);
        }
        // The interface that speaks S3, which takes tokens, too.
        else if (path.StartsWith($"/{Bucket}/") && objects.TryGetValue(path[$"/{Bucket}/".Length..], out var content))
            await Results.Bytes(content, enableRangeProcessing: true).ExecuteAsync(context);
        else response.StatusCode = 404;
    }

    private static string RawTail(HttpContext context)
    {
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        return target.Split('?')[0].Split("/o/")[1];
    }

    private async Task SignInAsync(HttpContext context)
    {
        SignIns++;
        var parts = (await context.Request.ReadFormAsync())["assertion"].ToString().Split('.');
        var signed = key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var refusal = Refusal ?? (signed ? null : ("invalid_grant", "Invalid JWT Signature."));
        if (refusal is not null)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(new { error = refusal.Value.Error, error_description = refusal.Value.Description });
        }
        else await context.Response.WriteAsJsonAsync(new { access_token = Token, expires_in = 3600, token_type = "Bearer" });
    }

    private async Task ListAsync(HttpRequest request, HttpResponse response)
    {
        var from = request.Query["pageToken"].FirstOrDefault() ?? "";
        var most = Math.Min(int.Parse(request.Query["maxResults"]!), 10);
        var found = objects.Keys.Where(k => k.StartsWith(request.Query["prefix"]!, StringComparison.Ordinal) && string.CompareOrdinal(k, from) > 0).Take(most + 1).ToList();
        await response.WriteAsJsonAsync(new
        {
            items = found.Take(most).Select(k => new { name = k, size = objects[k].Length.ToString(), updated = "2026-03-01T12:00:00.000Z" }),
            nextPageToken = found.Count > most ? found[most - 1] : null,
        });
    }

    private static byte[] Base64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
