namespace Assay.Samples.Data;

/// <summary>Where the files of the npm package vega-datasets lie.</summary>
public static class SampleFiles
{
    /// <summary>The folder of a checkout that this program was built in: what the demo installed, or what the tests did.</summary>
    /// <exception cref="DirectoryNotFoundException">Neither has been installed.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            foreach (var place in new[] { "demo", "tests" })
            {
                var data = Path.Combine(folder.FullName, "npm", place, "node_modules", "vega-datasets", "data");
                if (Directory.Exists(data))
                    return data;
            }
        throw new DirectoryNotFoundException("The sample data is not installed. Install it: scripts/install-npm npm/demo");
    }
}
