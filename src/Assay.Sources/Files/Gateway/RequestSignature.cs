using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Files.Gateway;

/// <summary>
/// The signature of a request to the gateway: version 4 of Amazon's, made with a pass's secret, which the engine hides wherever it shows
/// a statement. The time of the request is not looked at: a pass ends with its read.
/// </summary>
internal sealed partial record RequestSignature(string AccessKey, string Scope, string Headers, string Signature)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Null where the header is no such signature.</summary>
    public static RequestSignature? Read(string? authorization) =>
        Shape().Match(authorization ?? "") is { Success: true } match
            ? new(match.Groups["key"].Value, match.Groups["scope"].Value, match.Groups["headers"].Value, match.Groups["signature"].Value)
            : null;

    /// <param name="target">The request's path and query exactly as they were sent.</param>
    public bool IsOf(HttpRequest request, string target, string secret)
    {
        var question = target.IndexOf('?');
        var path = question < 0 ? target : target[..question];
        var canonical = string.Join('\n', [
            request.Method, path, Query(question < 0 ? "" : target[(question + 1)..]),
            .. Headers.Split(';').Select(name => $"{name}:{Spaces().Replace(request.Headers[name].ToString().Trim(), " ")}"),
            "", Headers, request.Headers["x-amz-content-sha256"].ToString()]);
        var text = string.Join('\n', Algorithm, request.Headers["x-amz-date"].ToString(), Scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        // The scope is date/region/service/aws4_request: each in turn makes the key of the next.
        var key = Scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), Hmac);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Hmac(key, text))), Encoding.ASCII.GetBytes(Signature));
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    /// <summary>Clients spell a query in several ways, and sign one.</summary>
    private static string Query(string query) => string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Encode(pair[0]), Value: Encode(pair.ElementAtOrDefault(1) ?? "")))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text.Replace('+', ' ')));

    [GeneratedRegex(@"^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<scope>[^,]+), ?SignedHeaders=(?<headers>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Shape();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
