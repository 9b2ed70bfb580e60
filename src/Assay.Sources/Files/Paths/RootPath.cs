using System.Text;

namespace Assay.Sources.Files.Paths;

/// <summary>
/// The folder under which a file datastore lives, relative to its bucket, container or files root. Keys of object stores are
/// opaque, so nothing is collapsed or decoded: only the outer slashes are settled, and what could climb out is refused.
/// </summary>
internal sealed class RootPath
{
    /// <summary>The longest key that all object stores take, in bytes of UTF-8.</summary>
    private const int LongestKey = 1024;

    private RootPath(string prefix) => Prefix = prefix;

    public static RootPath BucketRoot { get; } = new("");

    /// <summary>What every key under the root starts with: empty for the bucket's root, otherwise ending in a slash, such as <c>raw/events/</c>.</summary>
    public string Prefix { get; }

    /// <summary>How the root path is shown and stored: <c>/</c> or <c>/raw/events/</c>.</summary>
    public string Display => "/" + Prefix;

    /// <summary>Puts this root under another prefix, such as the one of the connection's URI.</summary>
    public RootPath Under(RootPath outer) => outer.Prefix.Length == 0 ? this : new RootPath(outer.Prefix + Prefix);

    /// <summary>Reads a root path; the answer's problem says what is wrong with it, in words for the person who wrote it.</summary>
    public static (RootPath? Root, string? Problem) Parse(string? text)
    {
        var inner = (text ?? "").Trim().Trim('/');
        if (inner.Length == 0) return (BucketRoot, null);
        if (inner.Any(char.IsControl)) return (null, "The path may not hold control characters.");
        if (inner.Split('/').Any(segment => segment is "." or ".."))
            return (null, "The path may not hold '.' or '..' as a folder: name the folder itself.");
        return Encoding.UTF8.GetByteCount(inner) >= LongestKey
            ? (null, $"The path is longer than {LongestKey} bytes, which no object store takes.")
            : (new RootPath(inner + "/"), null);
    }
}
