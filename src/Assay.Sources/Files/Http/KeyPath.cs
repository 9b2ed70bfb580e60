namespace Assay.Sources.Files.Http;

/// <summary>Object keys as paths of URLs, character for character: neither dots nor repeated slashes are folded.</summary>
internal static class KeyPath
{
    public static string Escape(string key) => string.Join('/', key.Split('/').Select(Uri.EscapeDataString));

    public static Uri ToUri(string url) => new(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
