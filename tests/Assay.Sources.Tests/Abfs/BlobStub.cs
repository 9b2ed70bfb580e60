using Assay.Sources.Tests.Files;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Tests.Abfs;

/// <summary>
/// As much of Azure's blob service as reading needs, for bearer tokens: the emulator takes those over TLS only. Whoever sends neither the
/// token nor a signature made with the key that was given out for it is refused.
/// </summary>
internal static class BlobStub
{
    private const string DelegationKey = """
        <UserDelegationKey><SignedOid>oid</SignedOid><SignedTid>tid</SignedTid><SignedStart>2026-01-01T00:00:00Z</SignedStart><SignedExpiry>2026-01-02T00:00:00Z</SignedExpiry>
        <SignedService>b</SignedService><SignedVersion>2021-12-02</SignedVersion><Value>c2VjcmV0</Value></UserDelegationKey>
        """;

    private static readonly string[] Shown = ["sp", "sr", "skoid", "sktid", "sks", "sig"];

    /// <param name="signed">Takes the signatures that came.</param>
    public static Task<StubServer> StartAsync(string token, IReadOnlyDictionary<string, byte[]> blobs, ISet<string>? signed = null) => StubServer.StartAsync(async context =>
    {
        if (context.Request.Query.ContainsKey("sig") && context.Request.Path.StartsWithSegments("/data", out var signedBlob))
        {
            signed?.Add(string.Join(' ', Shown.Select(name => $"{name}={context.Request.Query[name]}")));
            context.Request.Headers.Range = context.Request.Headers.Range.Count > 0 ? context.Request.Headers.Range : context.Request.Headers["x-ms-range"];
            context.Response.Headers["x-ms-blob-type"] = "BlockBlob";
            context.Response.Headers["x-ms-creation-time"] = "Sun, 01 Mar 2026 12:00:00 GMT";
            context.Response.Headers["x-ms-server-encrypted"] = "true";
            await Results.Bytes(blobs[signedBlob.Value!.TrimStart('/')], "text/csv", enableRangeProcessing: true, lastModified: new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
                entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue("\"0x1\"")).ExecuteAsync(context);
            return;
        }
        if (context.Request.Headers.Authorization != $"Bearer {token}")
        {
            context.Response.StatusCode = 401;
            context.Response.Headers["x-ms-error-code"] = "InvalidAuthenticationInfo";
            return;
        }
        if (context.Request.Query["comp"] == "userdelegationkey")
        {
            await context.Response.WriteAsync(DelegationKey);
            return;
        }
        if (context.Request.Query["comp"] == "list")
        {
            var prefix = context.Request.Query["prefix"].ToString();
            await context.Response.WriteAsync("<EnumerationResults><Blobs>" + string.Concat(blobs.Where(b => b.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(b => b.Key, StringComparer.Ordinal).Select(b =>
                $"<Blob><Name>{b.Key}</Name><Properties><Content-Length>{b.Value.Length}</Content-Length><Last-Modified>Sun, 01 Mar 2026 12:00:00 GMT</Last-Modified></Properties></Blob>"))
                + "</Blobs><NextMarker/></EnumerationResults>");
            return;
        }
        // Behind the container's name.
        var key = context.Request.Path.Value!.Split('/', 3)[2];
        // Azure's own name of the header for a range.
        context.Request.Headers.Range = context.Request.Headers["x-ms-range"];
        if (blobs.TryGetValue(key, out var content)) await Results.Bytes(content, enableRangeProcessing: true).ExecuteAsync(context);
        else context.Response.StatusCode = 404;
    });
}
