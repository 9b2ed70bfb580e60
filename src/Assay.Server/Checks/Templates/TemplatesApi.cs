using Assay.Server.Checks.Reads;
using Assay.Server.Checks.Writes;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Templates;

/// <summary>Checks in general, to be attached to containers. They belong to the installation, not to a datastore.</summary>
internal static class TemplatesApi
{
    public static void MapCheckTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/quality-check-templates").WithTags("Quality checks");
        templates.MapGet("", List).Needs(Permissions.Member).WithSummary("List templates");
        templates.MapGet("/{id}", Get).Needs(Permissions.Member).WithSummary("Get a template");
        templates.MapPost("", Create).Needs(Permissions.Manager).Fails(404).WithSummary("Create a template");
        templates.MapPut("/{id}", Update).Needs(Permissions.Manager).Fails(404, 409).WithSummary("Update a template")
            .WithDescription("Tags are always brought to its checks; coverage, filter and properties where it is locked. Description and metadata never are.");
        templates.MapDelete("/{id}", Remove).Needs(Permissions.Manager).Fails(404).WithSummary("Archive or delete a template")
            .WithDescription("Its checks stay. An archived template keeps them attached; `template_checks_count` tells how many.");
        templates.MapPost("/{id}/quality-checks", MakeChecks).Needs(Permissions.Member).Fails(404, 409).WithSummary("Create checks from a template")
            .WithDescription("Needs the Author team permission on the datastore of each container (Drafter for drafts); either all are made or none.");
    }

    private static async Task<Ok<PageOf<CheckView>>> List(Query<CheckQuery> query, Caller caller, CheckReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(query.Value with { TemplateOnly = true }, caller, cancel));

    private static async Task<Results<Ok<CheckView>, Failure>> Get(long id, Caller caller, CheckReads reads, CancellationToken cancel) =>
        await reads.FindAsync(id, caller, cancel) is { IsTemplate: true } view ? TypedResults.Ok(view) : TemplateWriter.NotFound(id);

    private static async Task<Results<Ok<CheckView>, Failure>> Create(
        Body<TemplateRequest> body, Caller caller, TemplateWriter writer, CheckReads reads, CancellationToken cancel) =>
        (await writer.CreateAsync(body.Value, caller, cancel)).Try(out var id, out var failure) ? await Get(id, caller, reads, cancel) : failure;

    private static async Task<Results<Ok<CheckView>, Failure>> Update(
        long id, Body<TemplateUpdate> body, Caller caller, TemplateWriter writer, CheckReads reads, CancellationToken cancel) =>
        (await writer.UpdateAsync(id, body.Value, caller, cancel)).Try(out _, out var failure) ? await Get(id, caller, reads, cancel) : failure;

    private static async Task<Results<NoContent, Failure>> Remove(
        long id, Query<CheckRemovalQuery> query, Caller caller, AssayDb db, CheckRemoval removal, CancellationToken cancel)
    {
        if (!await db.Set<QualityCheck>().AnyAsync(c => c.Id == id && c.IsTemplate, cancel)) return TemplateWriter.NotFound(id);
        var how = new CheckRemovalRequest { Id = id, Archive = query.Value.Archive, Status = query.Value.Status, DeleteAnomalies = false };
        return (await removal.RemoveAsync([how], caller, cancel)).Try(out _, out var failure) ? TypedResults.NoContent() : failure;
    }

    private static async Task<Results<Ok<IReadOnlyList<CheckView>>, Failure>> MakeChecks(
        long id, Body<IReadOnlyList<FromTemplateRequest>> body, Caller caller, CheckAccess access, TemplateWriter writer, CheckReads reads, CancellationToken cancel)
    {
        foreach (var wanted in body.Value)
            if (await access.RefuseContainerAsync(wanted.ContainerId, caller, CheckAccess.ToSave(wanted.Status), cancel) is { } refusal) return refusal;
        return (await writer.MakeChecksAsync(id, body.Value, caller, cancel)).Try(out var ids, out var failure)
            ? TypedResults.Ok(await reads.FindAsync(ids, caller, cancel)) : failure;
    }
}
