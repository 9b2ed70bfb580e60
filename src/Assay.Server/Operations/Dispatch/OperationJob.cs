using System.Globalization;
using Assay.Server.Operations.Running;
using Quartz;

namespace Assay.Server.Operations.Dispatch;

/// <summary>
/// Quartz's view of an operation. The job is the kind on the datastore, so that Quartz never runs two of one kind on a datastore at
/// once; each operation is a trigger of it.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class OperationJob(OperationRunner runner) : IJob
{
    private const string Triggers = "operations";

    public static IJobDetail Job(QueuedOperation operation) => JobBuilder.Create<OperationJob>()
        .WithIdentity(operation.Type, $"datastore {operation.DatastoreId}").Build();

    public static ITrigger Trigger(QueuedOperation operation) => TriggerBuilder.Create()
        .WithIdentity(operation.Id.ToString(CultureInfo.InvariantCulture), Triggers)
        .WithExecutionGroup(DispatchRegistration.ConnectionGroups + operation.ConnectionId.ToString(CultureInfo.InvariantCulture))
        .StartNow().Build();

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runner.RunAsync(long.Parse(context.Trigger.Key.Name, CultureInfo.InvariantCulture), cancellationToken);
}

/// <summary>What dispatch needs to know of a queued operation.</summary>
internal sealed record QueuedOperation(long Id, string Type, long DatastoreId, long ConnectionId);
