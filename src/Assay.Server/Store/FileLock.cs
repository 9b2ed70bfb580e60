namespace Assay.Server.Store;

/// <summary>An exclusive lock between processes on one machine; the operating system frees it when its holder dies.</summary>
internal static class FileLock
{
    public static async Task<IDisposable> TakeAsync(string path, CancellationToken cancel)
    {
        while (true)
        {
            try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException) when (File.Exists(path)) { await Task.Delay(TimeSpan.FromMilliseconds(100), cancel); }
        }
    }
}
