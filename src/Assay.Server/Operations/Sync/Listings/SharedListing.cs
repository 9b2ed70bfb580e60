using System.Runtime.CompilerServices;
using Assay.Server.Connections;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Sync.Listings;

/// <summary>
/// One listing that serves several syncs. It may serve those that waited when it began, since what it finds is no older than they
/// are, and each of them once. It belongs to none: a sync that is aborted stops it only where no other is waiting for it.
/// </summary>
internal sealed class SharedListing
{
    /// <summary>A sync that comes later than this lists anew.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    /// <summary>How long the failure to reach a source stands for all that wait for it.</summary>
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(15);

    private readonly Lock guard = new();
    private readonly Dictionary<long, string> open;
    private readonly Dictionary<string, Part> parts;
    private readonly ListingSpool spool;
    private readonly CancellationTokenSource stop;
    private readonly TimeProvider clock;
    private readonly long started;
    private readonly ITimer end;
    private long? failed;
    private int readers = 1; // the listing itself
    private bool retired;

    /// <param name="syncs">The operations it may serve, each with its schema.</param>
    /// <param name="list">Lists these schemas.</param>
    public SharedListing(
        long revision, IReadOnlyDictionary<long, string> syncs, Func<IReadOnlyList<string>, CancellationToken, IAsyncEnumerable<SharedListingItem>> list,
        string folder, TimeProvider clock, CancellationToken shutdown)
    {
        Revision = revision;
        this.clock = clock;
        open = syncs.ToDictionary();
        parts = syncs.Values.Distinct(StringComparer.Ordinal).ToDictionary(s => s, _ => new Part(), StringComparer.Ordinal);
        spool = new ListingSpool(folder);
        stop = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        started = clock.GetTimestamp();
        end = clock.CreateTimer(_ => Retire(), null, Lifetime, Timeout.InfiniteTimeSpan);
        _ = Task.Run(() => RunAsync(list), CancellationToken.None);
    }

    /// <summary>The revision of the connection that it was made with.</summary>
    public long Revision { get; }

    /// <summary>Claims the part of a sync; whoever gets true reads it once, by <see cref="ReadAsync"/>.</summary>
    public bool TryTake(long operationId, string schema)
    {
        lock (guard)
        {
            if (retired || clock.GetElapsedTime(started) > Lifetime || (failed is { } since && clock.GetElapsedTime(since) > FailureLifetime)) return false;
            if (!open.TryGetValue(operationId, out var itsSchema) || itsSchema != schema) return false;
            open.Remove(operationId);
            readers++;
            if (open.Count == 0) RetireLocked();
            return true;
        }
    }

    /// <summary>The containers of a schema, once all of them are known.</summary>
    /// <exception cref="SourceException">The source could not be reached, or this schema cannot be listed.</exception>
    /// <exception cref="SharedListingBrokenException">The listing broke before it came to the schema: it is unknown, not empty.</exception>
    public async IAsyncEnumerable<ContainerStructure> ReadAsync(string schema, [EnumeratorCancellation] CancellationToken cancel)
    {
        var left = true;
        try
        {
            var part = parts[schema];
            await part.Complete.Task.WaitAsync(cancel);
            await foreach (var container in spool.ReadAsync(part.Portions, cancel)) yield return container;
            left = false;
        }
        finally
        {
            Leave(left && cancel.IsCancellationRequested);
        }
    }

    /// <summary>Serves no further syncs; what is being read stays until it has been.</summary>
    public void Retire()
    {
        lock (guard) RetireLocked();
    }

    private async Task RunAsync(Func<IReadOnlyList<string>, CancellationToken, IAsyncEnumerable<SharedListingItem>> list)
    {
        try
        {
            await foreach (var (schema, container, fault) in list([.. parts.Keys], stop.Token))
            {
                var part = parts[schema];
                if (container is not null)
                {
                    spool.Write(container, part.Portions);
                    continue;
                }
                spool.Flush(part.Portions);
                if (fault is null) part.Complete.TrySetResult();
                else part.Fail(new SourceException(fault));
            }
            Break(new SharedListingBrokenException(null));
        }
        catch (SourceException problem) when (WayToSource.Covers(problem.Fault))
        {
            lock (guard) failed = clock.GetTimestamp();
            Break(problem);
        }
        catch (Exception problem)
        {
            Retire();
            Break(new SharedListingBrokenException(problem));
        }
        finally
        {
            Leave(cancelled: false);
        }
    }

    /// <summary>Gives every schema that was not closed the same end.</summary>
    private void Break(Exception problem)
    {
        foreach (var part in parts.Values) part.Fail(problem);
    }

    private void Leave(bool cancelled)
    {
        bool abandon;
        lock (guard)
        {
            readers--;
            // Only the listing itself is left: nobody waits for it now, and those who may come start one of their own.
            abandon = cancelled && readers == 1 && !parts.Values.All(p => p.Complete.Task.IsCompleted);
            if (abandon) RetireLocked();
            if (readers == 0 && retired) Free();
        }
        if (!abandon) return;
        try { stop.Cancel(); }
        catch (ObjectDisposedException) { /* it has just ended by itself */ }
    }

    private void RetireLocked()
    {
        if (retired) return;
        retired = true;
        if (readers == 0) Free();
    }

    private void Free()
    {
        end.Dispose();
        spool.Dispose();
        stop.Dispose();
    }

    private sealed class Part
    {
        public List<(long Offset, int Length)> Portions { get; } = [];
        public TaskCompletionSource Complete { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fail(Exception problem)
        {
            if (Complete.TrySetException(problem)) _ = Complete.Task.Exception; // perhaps nobody ever looks
        }
    }
}

/// <summary>A shared listing ended without having come to a schema.</summary>
internal sealed class SharedListingBrokenException(Exception? inner) : Exception("The shared listing broke off.", inner);
