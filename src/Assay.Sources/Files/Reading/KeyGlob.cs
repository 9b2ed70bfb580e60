namespace Assay.Sources.Files.Reading;

/// <summary>
/// One path for the engine that covers some files. Its globs know no escape, so that characters with a meaning become the
/// one for any character; <see cref="IsExact"/> says whether the engine still has to pick the files by their paths.
/// </summary>
internal sealed record KeyGlob(string Text, bool IsExact)
{
    private const string Special = "*?{}[]\\";

    public static KeyGlob Of(IReadOnlyList<string> paths)
    {
        if (paths.Count == 1) return new KeyGlob(Plain(paths[0]), paths[0].AsSpan().IndexOfAny(Special) < 0);
        var head = paths.Aggregate(CommonHead);
        var tail = paths.Aggregate(CommonTail);
        // In the shortest path head and tail may not share a character.
        tail = tail[^Math.Min(tail.Length, paths.Min(p => p.Length) - head.Length)..];
        var crossesFolders = paths.Any(p => p.AsSpan(head.Length, p.Length - head.Length - tail.Length).Contains('/'));
        // Two stars stand for any folders below the last one in common.
        return new KeyGlob(crossesFolders ? Plain(head[..(head.LastIndexOf('/') + 1)]) + "**" : Plain(head) + "*" + Plain(tail), false);
    }

    private static string Plain(string text) => string.Concat(text.Select(c => Special.Contains(c) ? '?' : c));

    private static string CommonHead(string a, string b) => a[..a.AsSpan().CommonPrefixLength(b)];

    private static string CommonTail(string a, string b)
    {
        var length = 0;
        while (length < Math.Min(a.Length, b.Length) && a[^(length + 1)] == b[^(length + 1)]) length++;
        return a[^length..];
    }
}
