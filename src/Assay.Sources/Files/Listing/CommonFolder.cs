namespace Assay.Sources.Files.Listing;

/// <summary>The folder that a listing of some containers can be kept to.</summary>
internal static class CommonFolder
{
    /// <param name="patterns">Names of containers, which are globs under the root path; null for all containers.</param>
    /// <returns>The innermost folder that holds all of them: empty, or ending in a slash.</returns>
    public static string Of(IReadOnlySet<string>? patterns)
    {
        if (patterns is null || patterns.Count == 0) return "";
        var common = patterns.Select(FolderOf).Aggregate(Shared);
        return common[..(common.LastIndexOf('/') + 1)];
    }

    /// <summary>What stands before the first star or escaped character is the key's own beginning.</summary>
    private static string FolderOf(string pattern)
    {
        var literal = pattern.AsSpan(0, pattern.AsSpan().IndexOfAny('*', '\\') is >= 0 and var end ? end : pattern.Length);
        return literal[..(literal.LastIndexOf('/') + 1)].ToString();
    }

    private static string Shared(string one, string other) => one[..one.AsSpan().CommonPrefixLength(other)];
}
