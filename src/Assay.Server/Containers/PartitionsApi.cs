using Assay.Server.Anomalies.Writes;
using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Containers;

/// <summary>The parts that containers are read in: files, and child partitions of tables.</summary>
internal static class PartitionsApi
{
    public static void MapPartitions(this IEndpointRouteBuilder api)
    {
        var partitions = api.MapGroup("/partitions").WithTags("Containers");
        partitions.MapGet("", List).Needs(Permissions.Member).WithSummary("List partitions of live containers");
        partitions.MapGet("/{id}", Get).Needs(Permissions.ReadPartition).WithSummary("Get a partition");
        partitions.MapPut("/{id}", Update).Needs(Permissions.EditPartition).WithSummary("Tag a partition");
        partitions.MapPut("/{id}/anomalies/{new_status}", Decide).Needs(Permissions.DecidePartition).WithSummary("Give all open anomalies in a partition a status")
            .WithDescription("Active, Acknowledged, or one of the archived states: Resolved, Duplicate, Invalid, Discarded. Anomalies that are archived already stay as they are.");
    }

    private static async Task<Ok<PageOf<PartitionView>>> List(Query<PartitionQuery> query, Caller caller, PartitionReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(query.Value, caller, cancel));

    private static async Task<Results<Ok<PartitionView>, Failure>> Get(long id, PartitionReads reads, CancellationToken cancel) =>
        await reads.FindAsync(id, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound("Partition", id);

    private static async Task<Results<Ok<PartitionView>, Failure>> Decide(
        long id, string new_status, Caller caller, PartitionAnomalies anomalies, PartitionReads reads, CancellationToken cancel) =>
        await anomalies.DecideAsync(id, new_status, caller, cancel) is { } failure ? failure : await Get(id, reads, cancel);

    private static async Task<Results<Ok<PartitionView>, Failure>> Update(
        long id, Body<PartitionRequest> body, PartitionEdit edit, PartitionReads reads, CancellationToken cancel) =>
        await edit.UpdateAsync(id, body.Value, cancel) is { } failure ? failure : await Get(id, reads, cancel);
}
