using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace Assay.Sources.Drivers.Installing;

/// <summary>
/// Finds a package with all that it needs: of each the lowest version that all who need it take, as NuGet does. What .NET itself brings in
/// the same version or a later one is left out.
/// </summary>
internal sealed class PackageResolver(PackageFeed feed)
{
    private readonly Dictionary<string, NuGetVersion> chosen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<PackageDependency>> needs = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="version">The version; null takes the latest that is no preview.</param>
    public async Task<IReadOnlyList<PackageIdentity>> ResolveAsync(string package, string? version, CancellationToken cancel)
    {
        var root = await RootAsync(package, version, cancel);
        var pending = new Queue<(string Id, VersionRange Range, string For)>([(root.Id, new VersionRange(root.Version, true, root.Version, true), "you")]);
        while (pending.TryDequeue(out var next))
        {
            if (IsOfFramework(next.Id, next.Range)) continue;
            if (chosen.TryGetValue(next.Id, out var had) && next.Range.Satisfies(had)) continue;
            var found = next.Range.FindBestMatch(await feed.VersionsAsync(next.Id, cancel))
                ?? throw new DriverException($"{next.For} needs {next.Id} {next.Range.PrettyPrint()}, which no feed has.");
            if (had is not null && found < had)
                throw new DriverException($"{next.For} needs {next.Id} {next.Range.PrettyPrint()}, but another package needs {had}.");
            chosen[next.Id] = found;
            needs[next.Id] = await feed.DependenciesAsync(new PackageIdentity(next.Id, found), cancel);
            foreach (var need in needs[next.Id]) pending.Enqueue((need.Id, need.VersionRange, $"{next.Id} {found}"));
        }
        return Reachable(root.Id);
    }

    private async Task<PackageIdentity> RootAsync(string package, string? version, CancellationToken cancel)
    {
        var versions = await feed.VersionsAsync(package, cancel);
        if (versions.Count == 0) throw new DriverException($"No feed has a package '{package}'.");
        if (version is null) return new PackageIdentity(package, versions.LastOrDefault(v => !v.IsPrerelease) ?? versions[^1]);
        return NuGetVersion.TryParse(version, out var wanted) && versions.Contains(wanted)
            ? new PackageIdentity(package, wanted)
            : throw new DriverException($"No feed has {package} {version}. There are: {string.Join(", ", versions.TakeLast(10))}.");
    }

    /// <summary>A package that only an earlier, lower choice needed is not needed any more.</summary>
    private List<PackageIdentity> Reachable(string root)
    {
        var reached = new List<PackageIdentity>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Queue<string>([root]);
        while (pending.TryDequeue(out var id))
        {
            if (!chosen.TryGetValue(id, out var version) || !seen.Add(id)) continue;
            reached.Add(new PackageIdentity(id, version));
            foreach (var need in needs[id]) pending.Enqueue(need.Id);
        }
        return reached;
    }

    private static bool IsOfFramework(string id, VersionRange range) =>
        id is "NETStandard.Library" or "Microsoft.NETCore.Platforms" or "Microsoft.NETCore.Targets" || id.StartsWith("runtime.", StringComparison.OrdinalIgnoreCase)
        || FrameworkAssemblies.HasAtLeast(id, range.MinVersion?.Version ?? new Version(0, 0));
}
