using System.Text.RegularExpressions;

namespace Assay.Sources.Files.Gateway;

/// <summary>Names that the engine takes for those of buckets.</summary>
internal static partial class BucketName
{
    /// <summary>The name itself where it can be a bucket's, otherwise one that stands for it.</summary>
    public static string From(string name) => Valid().IsMatch(name) ? name : "files";

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$")]
    private static partial Regex Valid();
}
