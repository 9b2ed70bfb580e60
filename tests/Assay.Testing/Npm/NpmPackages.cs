namespace Assay.Testing.Npm;

/// <summary>What the tests take from npm, wherever in the repository they run.</summary>
public static class NpmPackages
{
    /// <summary>The folder of the packages for tests.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Folder, "npm", "tests", "node_modules");

    /// <summary>A file of real data from <c>vega-datasets</c>.</summary>
    public static string VegaPath(string name) => Path.Combine(Folder, "vega-datasets", "data", name);

    public static byte[] Vega(string name) => File.ReadAllBytes(VegaPath(name));
}
