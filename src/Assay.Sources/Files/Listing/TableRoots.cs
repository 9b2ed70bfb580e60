using System.Diagnostics.CodeAnalysis;
using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Listing;

/// <summary>
/// The folders of a listing that are one table each: Delta by <c>_delta_log/</c>, Iceberg by <c>metadata/*.metadata.json</c>, and
/// whatever is called <c>*.delta</c> or <c>*.iceberg</c>. They have to be known before the first file is given out, since a
/// table's data sorts in front of its metadata; hence a pass of its own over the listing, which keeps nothing but these folders.
/// </summary>
internal sealed class TableRoots
{
    private readonly Dictionary<string, FileFormat> roots = new(StringComparer.Ordinal);

    public static async Task<TableRoots> FindAsync(IAsyncEnumerable<StoredFile> files, int rootLength, CancellationToken cancel)
    {
        var found = new TableRoots();
        await foreach (var file in files.WithCancellation(cancel)) found.Look(file.Key[rootLength..]);
        return found;
    }

    /// <summary>The outermost table folder that holds a file: empty for the root itself, otherwise ending in a slash.</summary>
    public bool TryFindRootOf(string relativeKey, [NotNullWhen(true)] out string? root, [NotNullWhen(true)] out FileFormat? format)
    {
        root = null;
        format = null;
        for (var end = 0; roots.Count > 0; end = relativeKey.IndexOf('/', end) + 1)
        {
            if (roots.TryGetValue(relativeKey[..end], out format))
            {
                root = relativeKey[..end];
                return true;
            }
            if (!relativeKey.AsSpan(end).Contains('/')) return false;
        }
        return false;
    }

    private void Look(string key)
    {
        for (var slash = key.IndexOf('/'); slash >= 0; slash = key.IndexOf('/', slash + 1))
        {
            var start = slash == 0 ? 0 : key.LastIndexOf('/', slash - 1) + 1;
            var segment = key.AsSpan(start, slash - start);
            if (segment is "_delta_log") roots.TryAdd(key[..start], KnownFormats.Delta);
            else if (segment is "metadata" && IsIcebergMetadata(key.AsSpan(slash + 1))) roots.TryAdd(key[..start], KnownFormats.Iceberg);
            else if (segment.EndsWith(".delta", StringComparison.OrdinalIgnoreCase)) roots.TryAdd(key[..(slash + 1)], KnownFormats.Delta);
            else if (segment.EndsWith(".iceberg", StringComparison.OrdinalIgnoreCase)) roots.TryAdd(key[..(slash + 1)], KnownFormats.Iceberg);
            else continue;
            return;
        }
    }

    private static bool IsIcebergMetadata(ReadOnlySpan<char> name) =>
        !name.Contains('/') && (name.EndsWith(".metadata.json") || name.EndsWith(".metadata.json.gz") || name.EndsWith(".gz.metadata.json"));
}
