using Assay.Sources.Files.Grouping;

namespace Assay.Sources.Files.Listing;

/// <summary>
/// Folders named <c>key=value</c>, as Hive and Spark lay out partitions. With folder globbing they count as parts of the folder
/// above them: <c>sales/dt=2026-01-01/</c> and its siblings become <c>sales/dt=*/</c>.
/// </summary>
internal static class PartitionFolders
{
    /// <summary>The folder that owns the files of <paramref name="folder"/>, and the glob under which it knows them.</summary>
    public static (string Owner, string Glob) OwnerOf(string folder)
    {
        var owner = folder;
        var glob = "";
        while (LastSegment(owner) is { } segment && segment.IndexOf('=') is var equals and > 0)
        {
            owner = owner[..^(segment.Length + 1)];
            glob = GlobPattern.Escape(segment[..(equals + 1)]) + "*/" + glob;
        }
        return (owner, GlobPattern.Escape(owner) + glob);
    }

    private static string? LastSegment(string folder) =>
        folder.Length == 0 ? null : folder[(folder.LastIndexOf('/', folder.Length - 2) + 1)..^1];
}
