using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using Assay.Sources.Contract;
using Assay.Sources.Sql;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Drivers;

/// <summary>A driver that is ready for use.</summary>
internal sealed record LoadedDriver(DriverManifest Manifest, DbProviderFactory Factory);

/// <summary>The drivers that the operator added; each is loaded when it is first needed.</summary>
internal sealed class DriverStore(IOptions<SourcesOptions> options)
{
    private readonly ConcurrentDictionary<(string Driver, DateTime Changed), Lazy<LoadedDriver>> loaded = new();

    private string? Root => options.Value.DriversFolder;

    /// <summary>The manifest of a driver; null where it was not added.</summary>
    public DriverManifest? Find(string driver) => Root is null || !IsName(driver) ? null : DriverManifest.Read(Path.Combine(Root, driver));

    /// <exception cref="SourceException">There is no such driver (the message has the command that adds it), or it cannot be loaded.</exception>
    public LoadedDriver Load(string driver)
    {
        if (Root is null || !IsName(driver) || DriverManifest.Changed(Path.Combine(Root, driver)) is not { } changed)
            throw new SourceException(new SourceFault(SourceFaultCode.DriverMissing, SqlSteps.Driver,
                $"The driver is not there, and Assay may not ship it. Whoever runs this Assay adds it with: {KnownDrivers.CommandFor(driver)}"));
        try
        {
            return loaded.GetOrAdd((driver, changed), key => new Lazy<LoadedDriver>(() => Read(Path.Combine(Root, key.Driver)))).Value;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or InvalidOperationException or ReflectionTypeLoadException)
        {
            loaded.TryRemove((driver, changed), out _);
            throw new SourceException(new SourceFault(SourceFaultCode.DriverMissing, SqlSteps.Driver,
                $"The driver '{driver}' is there but cannot be loaded. Add it again with: {KnownDrivers.CommandFor(driver)}"), e);
        }
    }

    /// <summary>Loads what lies in a folder.</summary>
    public static LoadedDriver Read(string folder)
    {
        var manifest = DriverManifest.Read(folder) ?? throw new InvalidOperationException($"There is no driver in {folder}.");
        var type = new DriverLoadContext(folder).LoadFromAssemblyPath(Path.Combine(folder, manifest.Assembly)).GetType(manifest.Factory, throwOnError: true)!;
        return new LoadedDriver(manifest, InstanceOf(type) ?? throw new InvalidOperationException($"{manifest.Factory} has no instance."));
    }

    public static DbProviderFactory? InstanceOf(Type factory) =>
        (factory.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
            ?? factory.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)) as DbProviderFactory;

    private static bool IsName(string driver) => driver.Length > 0 && driver[0] != '.' && driver.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
