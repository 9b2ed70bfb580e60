namespace Assay.Sources.Files.Listing;

/// <summary>Folders whose files are nobody's data: hidden ones, and those where Spark and Hadoop keep output that is not committed yet.</summary>
internal static class HiddenFolders
{
    /// <param name="folder">A folder under the root path; empty or ending in a slash.</param>
    public static bool Cover(string folder) =>
        folder.StartsWith('.') || folder.Contains("/.", StringComparison.Ordinal)
        || folder.StartsWith("_temporary/", StringComparison.Ordinal) || folder.Contains("/_temporary/", StringComparison.Ordinal);
}
