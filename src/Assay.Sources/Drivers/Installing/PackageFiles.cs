using System.Runtime.InteropServices;
using NuGet.Frameworks;
using NuGet.Packaging;

namespace Assay.Sources.Drivers.Installing;

/// <summary>Which files of a package are needed here: its library for this framework, what it has for this system instead, and its native libraries.</summary>
internal static class PackageFiles
{
    private static readonly FrameworkReducer reducer = new();

    /// <summary>This system first, then what it is a kind of.</summary>
    private static readonly string[] systems =
        [RuntimeInformation.RuntimeIdentifier, $"linux-{Architecture}", "linux", $"unix-{Architecture}", "unix"];

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <returns>The files' paths in the package; later ones take the place of earlier ones of the same name.</returns>
    public static IEnumerable<string> Needed(PackageReaderBase package)
    {
        var files = package.GetFiles().ToList();
        foreach (var file in Nearest(files.Where(f => f.StartsWith("lib/", StringComparison.Ordinal)), segment: 1)) yield return file;
        var managed = systems.Select(system => files.Where(f => f.StartsWith($"runtimes/{system}/lib/", StringComparison.Ordinal)).ToList()).FirstOrDefault(found => found.Count > 0);
        foreach (var file in Nearest(managed ?? [], segment: 3)) yield return file;
        var native = systems.Select(system => files.Where(f => f.StartsWith($"runtimes/{system}/native/", StringComparison.Ordinal)).ToList()).FirstOrDefault(found => found.Count > 0);
        foreach (var file in native ?? []) yield return file;
    }

    /// <param name="segment">Which part of the path names the framework.</param>
    private static IEnumerable<string> Nearest(IEnumerable<string> files, int segment)
    {
        var groups = files.Where(f => f.Split('/').Length == segment + 2 && f.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .GroupBy(f => NuGetFramework.ParseFolder(f.Split('/')[segment])).ToDictionary(g => g.Key, g => g.ToList());
        return reducer.GetNearest(PackageFeed.Framework, groups.Keys) is { } nearest ? groups[nearest] : [];
    }
}
