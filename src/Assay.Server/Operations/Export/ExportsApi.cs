using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Operations.Export;

/// <summary>The older way to start exports, without a body; what they start is the same operations.</summary>
internal static class ExportsApi
{
    private const string Answer = "Answers 204 once it is queued; the list of operations shows it. Needs the Editor team permission on the datastore.";

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/export").WithTags("Operations");
        exports.MapPost("/anomalies", Anomalies).Needs(Permissions.Member).Fails(404, 409).WithSummary("Export anomalies").WithDescription($"Starts an export operation. {Answer}");
        exports.MapPost("/checks", Checks).Needs(Permissions.Member).Fails(404, 409).WithSummary("Export quality checks").WithDescription($"Starts an export operation. {Answer}");
        exports.MapPost("/field-profiles", FieldProfiles).Needs(Permissions.Member).Fails(404, 409).WithSummary("Export field profiles").WithDescription($"Starts an export operation. {Answer}");
        exports.MapPost("/check-templates", CheckTemplates).Needs(Permissions.Member).Fails(404, 409).WithSummary("Export check templates").WithDescription($"Starts a global export. {Answer}");
    }

    private static Task<Results<NoContent, Failure>> Anomalies(Query<ExportQuery> query, Caller caller, ExportStarter starter, CancellationToken cancel) =>
        starter.StartAsync(ExportSettings.Anomalies, query.Value, caller, cancel);

    private static Task<Results<NoContent, Failure>> Checks(Query<ExportQuery> query, Caller caller, ExportStarter starter, CancellationToken cancel) =>
        starter.StartAsync(ExportSettings.Checks, query.Value, caller, cancel);

    private static Task<Results<NoContent, Failure>> FieldProfiles(Query<ExportQuery> query, Caller caller, ExportStarter starter, CancellationToken cancel) =>
        starter.StartAsync(ExportSettings.Profiles, query.Value, caller, cancel);

    private static Task<Results<NoContent, Failure>> CheckTemplates(Query<TemplateExportQuery> query, Caller caller, ExportStarter starter, CancellationToken cancel) =>
        starter.StartAsync(query.Value, caller, cancel);
}

/// <summary>Checks what was asked for and queues it.</summary>
internal sealed class ExportStarter(AssayDb db, DatastoreAccess access, ExportChecks checks, OperationDesk desk)
{
    public async Task<Results<NoContent, Failure>> StartAsync(string asset, ExportQuery query, Caller caller, CancellationToken cancel)
    {
        if (await RefuseAsync(query.Datastore, caller, cancel) is { } refusal) return refusal;
        if (await checks.RefuseLinkAsync(query.Datastore, cancel) is { } conflict) return conflict;
        var unknown = await checks.UnknownContainersAsync(query.Datastore, query.Containers, false, ["query", "containers"], cancel);
        if (unknown.Count > 0) return Failure.Invalid(unknown);
        return await QueueAsync(query.Datastore, ExportKind.Name, new ExportSettings(asset, query.Containers ?? [], [], [], false, false), caller, cancel);
    }

    public async Task<Results<NoContent, Failure>> StartAsync(TemplateExportQuery query, Caller caller, CancellationToken cancel)
    {
        if (await RefuseAsync(query.EnrichDatastoreId, caller, cancel) is { } refusal) return refusal;
        if (await checks.RefuseStoreAsync(query.EnrichDatastoreId, cancel) is { } conflict) return conflict;
        var unknown = await checks.UnknownTemplatesAsync(query.TemplateIds, ["query", "template_ids"], cancel);
        if (unknown.Count > 0) return Failure.Invalid(unknown);
        return await QueueAsync(query.EnrichDatastoreId, GlobalExportKind.Name, new ExportSettings(ExportSettings.CheckTemplates, [], [], query.TemplateIds ?? [], false, false), caller, cancel);
    }

    private Task<Failure?> RefuseAsync(long datastore, Caller caller, CancellationToken cancel) =>
        access.RefuseAsync(caller, datastore, TeamPermission.Editor, Failure.NotFound("Datastore", datastore), managersPass: false, cancel);

    private async Task<Results<NoContent, Failure>> QueueAsync(long datastore, string kind, ExportSettings settings, Caller caller, CancellationToken cancel) =>
        (await desk.EnqueueAsync(db, datastore, kind, settings.ToJson(), caller, cancel)).Try(out _, out var failure) ? TypedResults.NoContent() : failure;
}
