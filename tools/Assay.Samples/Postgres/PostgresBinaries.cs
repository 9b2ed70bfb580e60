namespace Assay.Samples.Postgres;

/// <summary>Where PostgreSQL's programs lie on this machine: on the path, or where Debian and its family put them.</summary>
public static class PostgresBinaries
{
    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>The folder that holds <c>initdb</c> and <c>postgres</c>, or null where PostgreSQL is not installed.</summary>
    public static string? Folder => Candidates().FirstOrDefault(folder =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    internal static string PathOf(string program) => Path.Combine(
        Folder ?? throw new InvalidOperationException(
            $"PostgreSQL's programs were found neither on PATH nor under {DebianRoot}. Install them: apt-get install postgresql"),
        program);

    private static IEnumerable<string> Candidates()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var link = Path.Combine(folder, "initdb");
            if (!File.Exists(link))
                continue;
            yield return folder;
            // initdb alone may be linked into the path; its companions lie beside the real file.
            yield return Path.GetDirectoryName(File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName ?? link)!;
        }

        if (Directory.Exists(DebianRoot))
            foreach (var folder in Directory.GetDirectories(DebianRoot).OrderByDescending(VersionOf))
                yield return Path.Combine(folder, "bin");
    }

    private static double VersionOf(string folder) =>
        double.TryParse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0;
}
