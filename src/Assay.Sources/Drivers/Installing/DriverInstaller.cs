using System.Data.Common;
using System.Reflection;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;

namespace Assay.Sources.Drivers.Installing;

/// <summary>What the operator asks for.</summary>
/// <param name="Package">The package that holds an ADO.NET driver.</param>
/// <param name="Version">Null takes the latest that is no preview.</param>
/// <param name="As">The driver's name in Assay; null takes the one of the connector that knows the package, or the package's.</param>
/// <param name="Source">The feed; null takes those of this machine's NuGet settings.</param>
/// <param name="ConnectionString">For a driver of no connector of its own: the connection string, with placeholders.</param>
/// <param name="Quotes">For a driver of no connector of its own: what names are quoted with, such as <c>[]</c>.</param>
public sealed record DriverOrder(string Package, string? Version = null, string? As = null, string? Source = null, string? ConnectionString = null, string? Quotes = null);

/// <summary>A driver as it was installed.</summary>
public sealed record InstalledDriver(string Name, string Package, string Version, string Factory, IReadOnlyList<string> Packages);

/// <summary>Adds drivers to a folder: all files of a driver and of what it needs, flat in a folder of its own, put in place only once it can be loaded.</summary>
public sealed class DriverInstaller(string root)
{
    /// <exception cref="DriverException">It cannot be had, or it is no ADO.NET driver.</exception>
    public async Task<InstalledDriver> AddAsync(DriverOrder order, CancellationToken cancel)
    {
        using var feed = new PackageFeed(order.Source);
        Directory.CreateDirectory(root);
        var folder = Directory.CreateDirectory(Path.Combine(root, $".new-{Guid.NewGuid():n}")).FullName;
        try
        {
            var packages = await new PackageResolver(feed).ResolveAsync(order.Package, order.Version, cancel);
            var own = new List<string>();
            foreach (var package in packages)
                own.AddRange((await CopyAsync(feed, package, folder, cancel)).Where(_ => package == packages[0]));
            // A package may be no more than a list of others.
            var (assembly, factory) = FindFactory(folder, own.Count > 0 ? own : [.. Directory.EnumerateFiles(folder, "*.dll").Select(f => Path.GetFileName(f))], order.Package);
            var manifest = new DriverManifest(packages[0].Id, packages[0].Version.ToNormalizedString(), assembly, factory, [.. packages.Select(p => $"{p.Id} {p.Version.ToNormalizedString()}")])
            {
                ConnectionString = order.ConnectionString,
                Quotes = order.Quotes,
            };
            manifest.Write(folder);
            var name = order.As ?? KnownDrivers.DriverOf(manifest.Package);
            Replace(folder, Path.Combine(root, name));
            return new InstalledDriver(name, manifest.Package, manifest.Version, manifest.Factory, manifest.Packages);
        }
        catch (FatalProtocolException e)
        {
            throw new DriverException($"The package feed cannot be reached: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The drivers that are there.</summary>
    public IReadOnlyList<InstalledDriver> List() => !Directory.Exists(root) ? [] :
    [
        .. new DirectoryInfo(root).EnumerateDirectories().OrderBy(d => d.Name, StringComparer.Ordinal)
            .Where(d => d.Name[0] != '.')
            .Select(d => (d.Name, Manifest: DriverManifest.Read(d.FullName)))
            .Where(d => d.Manifest is not null)
            .Select(d => new InstalledDriver(d.Name, d.Manifest!.Package, d.Manifest.Version, d.Manifest.Factory, d.Manifest.Packages)),
    ];

    /// <returns>False where there was none of that name.</returns>
    public bool Remove(string name)
    {
        var folder = Path.Combine(root, Path.GetFileName(name));
        if (name.Length == 0 || DriverManifest.Changed(folder) is null) return false;
        Directory.Delete(folder, recursive: true);
        return true;
    }

    private static async Task<List<string>> CopyAsync(PackageFeed feed, PackageIdentity package, string folder, CancellationToken cancel)
    {
        using var download = await feed.DownloadAsync(package, cancel);
        var names = new List<string>();
        foreach (var file in PackageFiles.Needed(download.PackageReader!))
        {
            // The name alone: a package cannot place a file anywhere else.
            var name = Path.GetFileName(file);
            await using var from = download.PackageReader!.GetStream(file);
            await using var to = File.Create(Path.Combine(folder, name));
            await from.CopyToAsync(to, cancel);
            if (name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) names.Add(name);
        }
        return names;
    }

    private static (string Assembly, string Factory) FindFactory(string folder, IReadOnlyList<string> assemblies, string package)
    {
        var context = new DriverLoadContext(folder);
        foreach (var file in assemblies)
        {
            try
            {
                var found = context.LoadFromAssemblyPath(Path.Combine(folder, file)).GetExportedTypes()
                    .FirstOrDefault(type => type.IsSubclassOf(typeof(DbProviderFactory)) && !type.IsAbstract && DriverStore.InstanceOf(type) is not null);
                if (found is not null) return (file, found.FullName!);
            }
            catch (Exception e) when (e is BadImageFormatException or FileNotFoundException or FileLoadException or TypeLoadException or TargetInvocationException or TypeInitializationException)
            {
                // A native library, or an assembly for another system; the factory may be in the next.
            }
        }
        throw new DriverException($"{package} holds no ADO.NET driver: there is no DbProviderFactory in it.");
    }

    private static void Replace(string folder, string place)
    {
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        Directory.Move(folder, place);
    }
}
