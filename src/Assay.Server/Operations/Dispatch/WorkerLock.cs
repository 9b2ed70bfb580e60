using Assay.Server.Settings;
using Assay.Server.Store;

namespace Assay.Server.Operations.Dispatch;

/// <summary>
/// On SQLite one process at most works on operations: a second worker on the same data folder is refused. The operating system
/// frees the lock when its holder dies, however it dies.
/// </summary>
internal sealed class WorkerLock(StoreOptions store, AssaySettings settings) : IDisposable
{
    private FileStream? held;

    /// <exception cref="StartupException">Another process has it.</exception>
    public void Take()
    {
        if (store.Kind != StoreKind.Sqlite || !settings.Works) return;
        try
        {
            held = new FileStream(Path.Combine(settings.Data, "worker.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StartupException($"Another Assay already works on '{settings.Data}'. On SQLite there can be one worker; set ASSAY_DATABASE to PostgreSQL for more.");
        }
    }

    public void Dispose() => held?.Dispose();
}
