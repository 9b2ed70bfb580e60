using Assay.Server.Anomalies.Reads;
using Assay.Server.Anomalies.Records;
using Assay.Server.Anomalies.Writes;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Anomalies;

/// <summary>What scans found.</summary>
internal static class AnomaliesApi
{
    public static void MapAnomalies(this IEndpointRouteBuilder api)
    {
        var anomalies = api.MapGroup("/anomalies").WithTags("Anomalies");
        anomalies.MapGet("", List).Needs(Permissions.Member).WithSummary("List anomalies").WithDescription("Newest first, then the heaviest, unless sorted otherwise.");
        anomalies.MapPatch("", Patch).Needs(Permissions.Member).Fails(404, 409).WithSummary("Change several anomalies")
            .WithDescription("Either all changes are made or none. Needs the Author team permission on the datastore of each.");
        anomalies.MapPut("", Replace).Needs(Permissions.Member).Fails(404, 409).WithSummary("Change several anomalies").WithDescription("The older form of PATCH.");
        anomalies.MapDelete("", RemoveAll).Needs(Permissions.Member).Fails(404).WithSummary("Archive or delete several anomalies")
            .WithDescription("Either all or none. Needs the Author team permission on the datastore of each.");
        var one = anomalies.MapGroup("/{id}").WithMetadata(new FreeFormId());
        one.MapGet("", Get).Needs(Permissions.Member).Fails(404, 422).WithSummary("Get an anomaly").WithDescription("By id or UUID. Needs the Reporter team permission on its datastore.");
        one.MapGet("/history", History).Needs(Permissions.Member).Fails(404, 422).WithSummary("Get an anomaly's history")
            .WithDescription("Every change with its author, oldest first; none where a scan made it. Needs the Reporter team permission.");
        one.MapPut("", Update).Needs(Permissions.Member).Fails(404, 409).WithSummary("Update an anomaly")
            .WithDescription("Acknowledge, describe, assign, tag. An open state restores an archived anomaly. Needs the Author team permission.");
        one.MapPost("/restore", Restore).Needs(Permissions.Member).Fails(404, 422).WithSummary("Restore an archived anomaly").WithDescription("Needs the Author team permission.");
        one.MapDelete("", Remove).Needs(Permissions.Member).Fails(404).WithSummary("Archive or delete an anomaly").WithDescription("Needs the Author team permission.");
        one.MapGet("/source-record", SourceRecord).Needs(Permissions.Member).Fails(404).WithSummary("Get the records that show an anomaly")
            .WithDescription("As the scan saw them. Needs the Viewer team permission; masked values need Editor.");
        one.MapGet("/source-record/csv", SourceRecordCsv).Needs(Permissions.Member).Fails(404).WithSummary("Download the records that show an anomaly")
            .WithDescription("Comma-separated text. Needs the Viewer team permission; masked values need Editor.").Produces<string>(200, "text/csv");
        one.MapGet("/source-record/download", SourceRecordDownload).Needs(Permissions.Member).Fails(404).WithSummary("Download the records that show an anomaly")
            .WithDescription("The other name of /source-record/csv.").Produces<string>(200, "text/csv");
    }

    private static async Task<Ok<PageOf<AnomalyView>>> List(Query<AnomalyQuery> query, Caller caller, AnomalyReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(query.Value, caller, cancel));

    private static async Task<Results<Ok<AnomalyDetail>, Failure>> Get(string id, Caller caller, AnomalyAccess access, AnomalyReads reads, CancellationToken cancel) =>
        (await access.FindAsync(id, caller, TeamPermission.Reporter, cancel)).Try(out var found, out var refusal) ? await Answer(found, caller, reads, cancel) : refusal;

    private static async Task<Results<Ok<HistoryView>, Failure>> History(
        string id, Caller caller, AnomalyAccess access, AssayDb db, HistoryViews history, CancellationToken cancel)
    {
        if (!(await access.FindAsync(id, caller, TeamPermission.Reporter, cancel)).Try(out var found, out var refusal)) return refusal;
        var created = await db.Set<Anomaly>().Where(a => a.Id == found).Select(a => a.Created).FirstAsync(cancel);
        return TypedResults.Ok(await history.OfAsync(AnomalyHistory.ObjectType, found, created, cancel));
    }

    private static async Task<Results<Ok<AnomalyDetail>, Failure>> Update(
        string id, Body<AnomalyUpdate> body, Caller caller, AnomalyAccess access, AnomalyWriter writer, AnomalyReads reads, CancellationToken cancel)
    {
        if (!(await access.FindAsync(id, caller, TeamPermission.Author, cancel)).Try(out var found, out var refusal)) return refusal;
        var wanted = body.Value;
        var change = new AnomalyChange { Id = found, Status = wanted.Status, Description = wanted.Description, Tags = wanted.Tags, AssigneeIds = wanted.AssigneeIds };
        (change.SentNames, change.Loc) = (wanted.SentNames, wanted.Loc);
        return (await writer.UpdateAsync([change], caller, cancel)).Failure is { } failure ? failure : await Answer(found, caller, reads, cancel);
    }

    private static async Task<Results<Ok<AnomalyDetail>, Failure>> Restore(
        string id, Caller caller, AnomalyAccess access, AnomalyWriter writer, AnomalyReads reads, CancellationToken cancel)
    {
        if (!(await access.FindAsync(id, caller, TeamPermission.Author, cancel)).Try(out var found, out var refusal)) return refusal;
        var outcome = await writer.UpdateAsync([new AnomalyChange { Id = found, Status = AnomalyStatus.Active }], caller, cancel);
        return outcome.Failure is { } failure ? failure : await Answer(found, caller, reads, cancel);
    }

    private static Task<Results<Ok<IReadOnlyList<AnomalyView>>, Failure>> Patch(
        Body<IReadOnlyList<AnomalyChange>> body, Caller caller, AnomalyAccess access, AnomalyWriter writer, AnomalyReads reads, CancellationToken cancel) =>
        ChangeAsync(body.Value, caller, access, writer, reads, cancel);

    private static Task<Results<Ok<IReadOnlyList<AnomalyView>>, Failure>> Replace(
        Body<IReadOnlyList<AnomalyChange>> body, Caller caller, AnomalyAccess access, AnomalyWriter writer, AnomalyReads reads, CancellationToken cancel) =>
        ChangeAsync(body.Value, caller, access, writer, reads, cancel);

    private static async Task<Results<Ok<IReadOnlyList<AnomalyView>>, Failure>> ChangeAsync(
        IReadOnlyList<AnomalyChange> changes, Caller caller, AnomalyAccess access, AnomalyWriter writer, AnomalyReads reads, CancellationToken cancel)
    {
        if (await access.RefuseAsync(changes.Select(c => c.Id), caller, TeamPermission.Author, cancel) is { } refusal) return refusal;
        return (await writer.UpdateAsync(changes, caller, cancel)).Failure is { } failure ? failure
            : TypedResults.Ok(await reads.FindAsync([.. changes.Select(c => c.Id)], caller, cancel));
    }

    private static async Task<Results<NoContent, Failure>> Remove(
        string id, Query<AnomalyRemovalQuery> query, Caller caller, AnomalyAccess access, AnomalyWriter writer, CancellationToken cancel)
    {
        if (!(await access.FindAsync(id, caller, TeamPermission.Author, cancel)).Try(out var found, out var refusal)) return refusal;
        var outcome = await writer.RemoveAsync([new AnomalyRemovalRequest { Id = found, Archive = query.Value.Archive, Status = query.Value.Status }], caller, cancel);
        return outcome.Failure is { } failure ? failure : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Failure>> RemoveAll(
        Body<IReadOnlyList<AnomalyRemovalRequest>> body, Caller caller, AnomalyAccess access, AnomalyWriter writer, CancellationToken cancel)
    {
        if (await access.RefuseAsync(body.Value.Select(w => w.Id), caller, TeamPermission.Author, cancel) is { } refusal) return refusal;
        return (await writer.RemoveAsync(body.Value, caller, cancel)).Failure is { } failure ? failure : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<SourceRecordView>, Failure>> SourceRecord(
        string id, Query<SourceRecordQuery> query, Caller caller, AnomalyAccess access, SourceRecords records, CancellationToken cancel) =>
        (await access.FindRecordsAsync(id, caller, query.Value.IncludeMasked, cancel)).Try(out var found, out var refusal)
            ? TypedResults.Ok(await records.ReadAsync(found, query.Value, caller, cancel)) : refusal;

    private static Task<Results<PushStreamHttpResult, Failure>> SourceRecordDownload(
        string id, Query<SourceRecordQuery> query, Caller caller, AnomalyAccess access, SourceRecords records, CancellationToken cancel) =>
        SourceRecordCsv(id, query, caller, access, records, cancel);

    private static async Task<Results<PushStreamHttpResult, Failure>> SourceRecordCsv(
        string id, Query<SourceRecordQuery> query, Caller caller, AnomalyAccess access, SourceRecords records, CancellationToken cancel)
    {
        if (!(await access.FindRecordsAsync(id, caller, query.Value.IncludeMasked, cancel)).Try(out var found, out var refusal)) return refusal;
        return TypedResults.Stream(to => CsvWriter.WriteAsync(records.RowsAsync(found, query.Value, MaskingReveal.Download, caller, cancel), to, cancel), "text/csv", $"anomaly-{found}.csv");
    }

    private static async Task<Results<Ok<AnomalyDetail>, Failure>> Answer(long id, Caller caller, AnomalyReads reads, CancellationToken cancel) =>
        await reads.FindAsync(id, caller, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound("Anomaly", id);
}
