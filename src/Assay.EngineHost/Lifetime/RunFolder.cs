namespace Assay.EngineHost.Lifetime;

/// <summary>
/// The folder of one run of the host: the engine's files and its socket. A lock file beside it says that the
/// owner lives; what dead owners left is removed at the next start.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string Prefix = "engine-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    internal string Path { get; }

    internal string Data => System.IO.Path.Combine(Path, "data");

    internal static RunFolder Create(string temp)
    {
        Directory.CreateDirectory(temp, OwnerOnly);
        Sweep(temp);
        var path = System.IO.Path.Combine(temp, Prefix + Guid.NewGuid().ToString("n")[..12]);
        // The lock comes first and goes last: a folder without one belongs to nobody.
        var held = TryLock(path) ?? throw new IOException("The engine's folder is locked by another process.");
        Directory.CreateDirectory(path, OwnerOnly);
        var folder = new RunFolder(path, held);
        Directory.CreateDirectory(folder.Data, OwnerOnly);
        return folder;
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        File.Delete(_lock.Name);
        _lock.Dispose();
    }

    private static void Sweep(string temp)
    {
        foreach (var folder in Directory.EnumerateDirectories(temp, Prefix + "*"))
        {
            using var held = TryLock(folder);
            if (held is null)
                continue;
            Directory.Delete(folder, recursive: true);
            File.Delete(held.Name);
        }
    }

    private static FileStream? TryLock(string folder)
    {
        try
        {
            return new FileStream(folder + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
