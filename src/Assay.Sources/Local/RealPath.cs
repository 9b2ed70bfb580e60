namespace Assay.Sources.Local;

/// <summary>Paths with every link in them resolved.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path without links; null where it leads nowhere or round in circles.</summary>
    public static string? Resolve(string path)
    {
        var pending = new Stack<string>(Segments(path).Reverse());
        var real = "/";
        for (var links = 0; pending.TryPop(out var segment);)
        {
            if (segment == "..")
            {
                real = Path.GetDirectoryName(real) ?? "/";
                continue;
            }
            var next = Path.Combine(real, segment);
            var info = new FileInfo(next);
            if (info.LinkTarget is not { } target)
            {
                if (!info.Exists && !Directory.Exists(next)) return null;
                real = next;
                continue;
            }
            if (++links > MostLinks) return null;
            if (Path.IsPathRooted(target)) real = "/";
            foreach (var part in Segments(target).Reverse()) pending.Push(part);
        }
        return real;
    }

    public static bool IsWithin(string path, string root) =>
        path == root || root == "/" || path.StartsWith(root + "/", StringComparison.Ordinal);

    private static IEnumerable<string> Segments(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".");
}
