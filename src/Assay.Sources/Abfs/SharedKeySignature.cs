using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assay.Engine.Secrets;

namespace Assay.Sources.Abfs;

/// <summary>Signs requests to Azure's blob service with an account key (its "Authorize with Shared Key", version 2015-02-21 and later).</summary>
internal static class SharedKeySignature
{
    public static void Sign(HttpRequestMessage request, string account, Secret key)
    {
        var signature = HMACSHA256.HashData(Convert.FromBase64String(key.Reveal()), Encoding.UTF8.GetBytes(TextToSign(request, account)));
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKey {account}:{Convert.ToBase64String(signature)}");
    }

    private static string TextToSign(HttpRequestMessage request, string account)
    {
        var length = request.Content?.Headers.ContentLength is > 0 and var bytes ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var text = new StringBuilder();
        // Encoding, language, length, MD5, type, date (it is in x-ms-date), four conditions, range (it is in x-ms-range).
        text.Append(request.Method.Method).Append("\n\n\n").Append(length).Append("\n\n").Append(request.Content?.Headers.ContentType?.ToString() ?? "").Append("\n\n\n\n\n\n\n");
        foreach (var header in request.Headers.Where(h => h.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase)).OrderBy(h => h.Key, StringComparer.Ordinal))
            text.Append(header.Key.ToLowerInvariant()).Append(':').Append(string.Join(',', header.Value)).Append('\n');
        text.Append('/').Append(account).Append(request.RequestUri!.AbsolutePath);
        foreach (var (name, value) in QueryOf(request.RequestUri).OrderBy(q => q.Name, StringComparer.Ordinal))
            text.Append('\n').Append(name).Append(':').Append(value);
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> QueryOf(Uri uri) =>
        from pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let parts = pair.Split('=', 2)
        select (Uri.UnescapeDataString(parts[0]).ToLowerInvariant(), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
}
