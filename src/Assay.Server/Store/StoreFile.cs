using Assay.Server.Settings;

namespace Assay.Server.Store;

/// <summary>The SQLite file: it holds names, hashes and sealed secrets, so only its owner may read it. SQLite gives its log the same mode.</summary>
internal static class StoreFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public const string Name = "assay.db";

    /// <summary>Makes the file where there is none yet, and closes one that others could read.</summary>
    /// <exception cref="StartupException">It is somebody else's.</exception>
    public static void Protect(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            using (new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, UnixCreateMode = OwnerOnly })) { }
            foreach (var file in new[] { path, path + "-wal", path + "-shm" })
                if (File.Exists(file) && File.GetUnixFileMode(file) != OwnerOnly) File.SetUnixFileMode(file, OwnerOnly);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The metadata store '{path}' cannot be opened for its owner alone: {problem.Message}");
        }
    }
}
