using NuGet.Common;
using NuGet.Configuration;
using NuGet.Frameworks;
using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace Assay.Sources.Drivers.Installing;

/// <summary>The feeds that this machine's NuGet settings name, or the ones given; packages that are on the machine already are not fetched again.</summary>
internal sealed class PackageFeed : IDisposable
{
    public static NuGetFramework Framework { get; } = NuGetFramework.Parse("net10.0");

    private readonly SourceCacheContext cache = new();
    private readonly ISettings settings = Settings.LoadDefaultSettings(root: null);
    private readonly List<SourceRepository> repositories;

    /// <param name="source">A feed to use instead of those of the settings; null for these.</param>
    public PackageFeed(string? source = null)
    {
        var sources = source is null
            ? new PackageSourceProvider(settings).LoadPackageSources().Where(s => s.IsEnabled)
            : [new PackageSource(source)];
        repositories = [.. sources.Select(s => Repository.Factory.GetCoreV3(s))];
    }

    public async Task<IReadOnlyList<NuGetVersion>> VersionsAsync(string package, CancellationToken cancel)
    {
        var versions = new SortedSet<NuGetVersion>();
        foreach (var repository in repositories)
            versions.UnionWith(await (await OfAsync<FindPackageByIdResource>(repository, cancel)).GetAllVersionsAsync(package, cache, NullLogger.Instance, cancel));
        return [.. versions];
    }

    /// <summary>What a package says it needs here, read from the package itself.</summary>
    public async Task<IReadOnlyList<PackageDependency>> DependenciesAsync(PackageIdentity package, CancellationToken cancel)
    {
        using var download = await DownloadAsync(package, cancel);
        var groups = (await download.PackageReader!.GetPackageDependenciesAsync(cancel)).ToDictionary(g => g.TargetFramework);
        return new FrameworkReducer().GetNearest(Framework, groups.Keys) is { } nearest ? [.. groups[nearest].Packages] : [];
    }

    public async Task<DownloadResourceResult> DownloadAsync(PackageIdentity package, CancellationToken cancel)
    {
        foreach (var repository in repositories)
        {
            var result = await (await OfAsync<DownloadResource>(repository, cancel)).GetDownloadResourceResultAsync(
                package, new PackageDownloadContext(cache), SettingsUtility.GetGlobalPackagesFolder(settings), NullLogger.Instance, cancel);
            if (result.Status is DownloadResourceResultStatus.Available) return result;
            result.Dispose();
        }
        throw new DriverException($"The package {package} cannot be downloaded.");
    }

    private static async Task<T> OfAsync<T>(SourceRepository repository, CancellationToken cancel) where T : class, INuGetResource =>
        await repository.GetResourceAsync<T>(cancel) ?? throw new DriverException($"The feed {repository.PackageSource.Name} is none of NuGet's.");

    public void Dispose() => cache.Dispose();
}
