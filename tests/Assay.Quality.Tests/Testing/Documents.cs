using Assay.Testing;

namespace Assay.Quality.Tests.Testing;

/// <summary>Pages of <c>docs/</c> that are made from code.</summary>
internal static class Documents
{
    /// <summary>Holds a page against what the code says; with ASSAY_UPDATE_DOCS set it is written instead.</summary>
    public static void ShouldBeInStep(string name, string content)
    {
        var path = Path.Combine(Repository.Folder, "docs", name);
        if (Environment.GetEnvironmentVariable("ASSAY_UPDATE_DOCS") is { Length: > 0 }) File.WriteAllText(path, content);
        File.Exists(path).ShouldBeTrue($"docs/{name} is missing: run the tests once with ASSAY_UPDATE_DOCS=1.");
        (File.ReadAllText(path) == content).ShouldBeTrue($"docs/{name} is out of step: run the tests once with ASSAY_UPDATE_DOCS=1.");
    }
}
