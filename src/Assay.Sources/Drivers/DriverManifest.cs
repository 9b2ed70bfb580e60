using System.Text.Json;

namespace Assay.Sources.Drivers;

/// <summary>What was installed as a driver; kept beside it as <c>driver.json</c>.</summary>
/// <param name="Package">The package that was asked for.</param>
/// <param name="Assembly">The file that holds the factory.</param>
/// <param name="Factory">The full name of the factory's class.</param>
/// <param name="Packages">Every package that came along, as name and version.</param>
internal sealed record DriverManifest(string Package, string Version, string Assembly, string Factory, IReadOnlyList<string> Packages)
{
    private const string FileName = "driver.json";

    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>For drivers of no connector of their own: the connection string with <c>{host}</c>, <c>{port}</c>, ... in it. The operator decides it, not who makes connections.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>For drivers of no connector of their own: what names are quoted with, opening and closing.</summary>
    public string? Quotes { get; init; }

    public static DriverManifest? Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        return File.Exists(file) ? JsonSerializer.Deserialize<DriverManifest>(File.ReadAllText(file), json) : null;
    }

    /// <summary>When the driver was last installed; null where there is none.</summary>
    public static DateTime? Changed(string folder) => File.Exists(Path.Combine(folder, FileName)) ? File.GetLastWriteTimeUtc(Path.Combine(folder, FileName)) : null;

    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, json));
}
