namespace Assay.Server.Operations.Running;

/// <summary>This process among the workers: machine, process id, and a part that no later process repeats.</summary>
internal sealed class WorkerName
{
    public string Value { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";
}
