namespace Assay.Sources.Files.Paths;

/// <summary>
/// A URI of the form <c>scheme://authority[/prefix]</c>, as <c>s3://bucket/prefix</c>. Not parsed with <see cref="Uri"/>: that
/// lower-cases, decodes and folds dots, and the names behind these URIs are taken literally.
/// </summary>
internal sealed record StoreUri(string Scheme, string Authority, RootPath Prefix)
{
    /// <param name="schemes">The schemes that are taken, the usual one first.</param>
    /// <param name="shape">How such a URI looks, for the message.</param>
    public static (StoreUri? Uri, string? Problem) Parse(string? text, IReadOnlyList<string> schemes, string shape)
    {
        var parts = (text ?? "").Trim().Split("://", 2);
        if (parts.Length != 2 || !schemes.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
            return (null, $"The URI should look like {shape}.");
        var slash = parts[1].IndexOf('/');
        var authority = slash < 0 ? parts[1] : parts[1][..slash];
        if (authority.Length == 0 || authority.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '\\' or '?' or '#'))
            return (null, $"The URI should look like {shape}.");
        var (prefix, problem) = RootPath.Parse(slash < 0 ? "" : parts[1][slash..]);
        return prefix is null ? (null, problem) : (new StoreUri(parts[0].ToLowerInvariant(), authority, prefix), null);
    }
}
