namespace Assay.Engine.Staging;

/// <summary>The part of the engine's memory that staged rows may take, all staging tables together; beyond it they go to disk.</summary>
public sealed class StagingMemory(long bytes)
{
    /// <summary>The share of the engine's cap: what is left is for computing on the rows.</summary>
    private const double Share = 3.0 / 8;
    /// <summary>What is asked of a server, which has others to serve.</summary>
    private const long OfServer = 256L << 20;

    private readonly Lock gate = new();
    private long free = bytes;

    internal static StagingMemory Of(EngineOptions options) => new(options.Url is null ? (long)(options.MemoryBytes * Share) : OfServer);

    /// <summary>Sets so much aside until the answer is disposed; null where there is not so much left.</summary>
    public IDisposable? TryTake(long wanted)
    {
        lock (gate)
        {
            if (wanted > free) return null;
            free -= wanted;
        }
        return new Taken(this, wanted);
    }

    private void Give(long back)
    {
        lock (gate) free += back;
    }

    private sealed class Taken(StagingMemory memory, long bytes) : IDisposable
    {
        private bool given;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref given, true)) memory.Give(bytes);
        }
    }
}
