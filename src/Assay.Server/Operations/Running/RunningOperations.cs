using System.Collections.Concurrent;

namespace Assay.Server.Operations.Running;

/// <summary>The operations that this process is working on, so that an abort made here need not wait for a heartbeat.</summary>
internal sealed class RunningOperations
{
    private readonly ConcurrentDictionary<long, StopSwitch> running = new();

    public IReadOnlyCollection<long> Ids => [.. running.Keys];

    public StopSwitch Enter(long id, StopSwitch stop) => running[id] = stop;

    public void Leave(long id) => running.TryRemove(id, out _);

    public void Abort(long id)
    {
        if (running.TryGetValue(id, out var stop)) stop.Stop(StopReason.Abort);
    }
}
