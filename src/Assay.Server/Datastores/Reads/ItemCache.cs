using System.Collections.Concurrent;

namespace Assay.Server.Datastores.Reads;

/// <summary>
/// Datastores already written as JSON, as lists show them or one alone. An entry counts only for the stamp it was made from, which
/// every request reads anew, so that it is never out of date; a member that shows something else must become part of the stamp.
/// </summary>
internal sealed class ItemCache<TStamp> where TStamp : struct, IEquatable<TStamp>
{
    /// <summary>
    /// Two generations of this many bytes, more on a machine with much memory: when the young one is full, what was not used
    /// meanwhile is forgotten with the old one.
    /// </summary>
    private static readonly long GenerationBytes = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 128, 16L << 20, 128L << 20);

    private readonly Lock turn = new();
    private volatile Generation young = new();
    private volatile Generation old = new();

    /// <summary>Whether there is an entry at all, of whatever stamp.</summary>
    public bool Knows(long id) => young.Knows(id) || old.Knows(id);

    public byte[]? Find(long id, bool favorite, TStamp stamp)
    {
        if (young.Items.TryGetValue((id, favorite), out var item)) return item.Stamp.Equals(stamp) ? item.Json : null;
        if (!old.Items.TryGetValue((id, favorite), out item) || !item.Stamp.Equals(stamp)) return null;
        Keep(id, favorite, item);
        return item.Json;
    }

    public void Keep(long id, bool favorite, RenderedItem<TStamp> item)
    {
        var current = young;
        current.Items[(id, favorite)] = item;
        if (Interlocked.Add(ref current.Bytes, item.Json.Length) < GenerationBytes) return;
        lock (turn)
        {
            if (young != current) return;
            old = current;
            young = new Generation();
        }
    }

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<(long Id, bool Favorite), RenderedItem<TStamp>> Items = new();
        public long Bytes;
        public bool Knows(long id) => Items.ContainsKey((id, false)) || Items.ContainsKey((id, true));
    }
}

/// <param name="Json">One object, UTF-8.</param>
internal sealed record RenderedItem<TStamp>(TStamp Stamp, byte[] Json);
