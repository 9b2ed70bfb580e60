using System.Reflection;

namespace Assay.Sources.Drivers;

/// <summary>The assemblies that come with .NET and ASP.NET Core themselves.</summary>
internal static class FrameworkAssemblies
{
    private static readonly Lazy<Dictionary<string, string>> files = new(() => ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        // What lies beside Assay's own program is Assay's, not the framework's.
        .Where(path => !path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
        .GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase));

    public static bool HasAtLeast(string name, Version version) =>
        files.Value.TryGetValue(name, out var file) && AssemblyName.GetAssemblyName(file).Version is { } here && here >= version;
}
