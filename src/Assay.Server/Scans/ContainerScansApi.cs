using System.ComponentModel;
using System.Text.Json;
using Assay.Server.Anomalies.Reads;
using Assay.Server.Identity;
using Assay.Server.Operations;
using Assay.Server.Operations.Scan;
using Assay.Server.Scans.Reads;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Scans;

/// <summary>What scans came to, container by container.</summary>
internal static class ContainerScansApi
{
    public static void MapContainerScans(this IEndpointRouteBuilder api)
    {
        var scans = api.MapGroup("/container-scans").WithTags("Scans");
        scans.MapGet("", List).Needs(Permissions.Member).WithSummary("List container scans");
        scans.MapGet("/{id}", Get).Needs(Permissions.ReadContainerScan).WithSummary("Get a container scan").WithDescription("With what it came to on every partition, and the result of every check that it looked at.");
        scans.MapGet("/{id}/anomalies", Anomalies).Needs(Permissions.ReadContainerScan).WithSummary("List the anomalies that a container scan found").WithDescription("Archived ones too.");
        scans.MapDelete("/{id}", Delete).Needs(Permissions.EditContainerScan).WithSummary("Delete the record of a container scan").WithDescription("Its anomalies stay.");
        var containers = api.MapGroup("/containers").WithTags("Scans");
        containers.MapGet("/{id}/scan", Latest).Needs(Permissions.ReadContainer).WithSummary("Get the latest scan of a container");
        containers.MapPost("/{id}/scan", External).Needs(Permissions.EditContainer).WithSummary("Scan rows from outside")
            .WithDescription("Asserts a container's checks on rows that are sent along, as an operation of type external_scan. Their members must be fields of the container.");
    }

    private static async Task<Ok<PageOf<ContainerScanView>>> List(Query<ContainerScanQuery> query, Caller caller, ContainerScanReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(query.Value, caller, cancel));

    private static async Task<Results<Ok<ContainerScanDetail>, Failure>> Get(long id, ContainerScanReads reads, CancellationToken cancel) =>
        await reads.FindAsync(id, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound("Container scan", id);

    private static async Task<Results<Ok<PageOf<AnomalyView>>, Failure>> Anomalies(long id, Query<Paging> query, Caller caller, AnomalyReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(new AnomalyQuery { ContainerScan = [id], Archived = "include", Page = query.Value.Page, Size = query.Value.Size }, caller, cancel));

    private static async Task<Results<NoContent, Failure>> Delete(long id, AssayDb db, CancellationToken cancel) =>
        await db.Set<ContainerScan>().Where(s => s.Id == id).ExecuteDeleteAsync(cancel) > 0 ? TypedResults.NoContent() : Failure.NotFound("Container scan", id);

    private static async Task<Results<Ok<ContainerScanDetail>, Failure>> Latest(long id, AssayDb db, ContainerScanReads reads, CancellationToken cancel)
    {
        var latest = await db.Set<ContainerScan>().Where(s => s.ContainerId == id).OrderByDescending(s => s.Id).Select(s => (long?)s.Id).FirstOrDefaultAsync(cancel);
        return latest is { } scan && await reads.FindAsync(scan, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound($"Container id: {id} has not been scanned");
    }

    private static async Task<Results<Ok<OperationView>, Failure>> External(
        long id, Body<ExternalScanRequest> body, Caller caller, AssayDb db, ExternalRows rows, OperationDesk desk, OperationList list, CancellationToken cancel)
    {
        if (!(await rows.ReadAsync(id, body.Value, cancel)).Try(out var settings, out var failure)) return failure;
        var outcome = await desk.EnqueueAsync(db, settings.DatastoreId, ExternalScanKind.Name, settings.Json, caller, cancel);
        return outcome.Try(out var operation, out var refused) ? TypedResults.Ok((await list.ViewsAsync([operation], caller, cancel))[0]) : refused;
    }
}

/// <summary>Rows to assert a container's checks on.</summary>
internal sealed record ExternalScanRequest : JsonRequest
{
    [Description("What the rows are called, such as the name of their file.")]
    [System.ComponentModel.DataAnnotations.Required, System.ComponentModel.DataAnnotations.StringLength(255, MinimumLength = 1)]
    public string Name { get; set; } = "";

    [Description("The rows: an array of objects by field name, or the same as text.")]
    [System.ComponentModel.DataAnnotations.Required]
    public JsonElement Records { get; set; }
}
