namespace Assay.Engine.Supervision;

/// <summary>Finds the child's executable and the engine's library.</summary>
internal static class EngineFiles
{
    private const string Host = "assay-engine";
    private const string Library = "libchdb.so";
    private static readonly string InPackages = Path.Combine("npm", "runtime", "node_modules", "@chdb", "lib-linux-x64-gnu", Library);

    internal static string FindHost(EngineOptions options) =>
        Existing(options.HostPath ?? Path.Combine(AppContext.BaseDirectory, Host));

    internal static string FindLibrary(EngineOptions options)
    {
        if (options.LibraryPath is not null)
            return Existing(options.LibraryPath);
        var beside = Path.Combine(AppContext.BaseDirectory, Library);
        if (File.Exists(beside))
            return beside;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, InPackages) is var path && File.Exists(path))
                return path;
        }

        throw new EngineException(EngineFault.EngineUnavailable,
            $"The engine's library, {Library}, is neither beside the program nor in npm/runtime/node_modules above it: run npm ci in npm/runtime, or set ASSAY_ENGINE_LIBRARY.");
    }

    private static string Existing(string path) => File.Exists(path)
        ? Path.GetFullPath(path)
        : throw new EngineException(EngineFault.EngineUnavailable, $"The engine cannot be started: there is no {path}.");
}
