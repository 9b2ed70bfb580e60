using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Scores;

/// <summary>How good the data is: settings and history of the scores of datastores and containers.</summary>
internal static class ScoresApi
{
    private const string Anew = "What is left out stays, null resets. The score is made anew at once, or within five seconds of the last time.";
    private const string Days = "Newest first, at most ten: a row for each day on which it was calculated, as it was last on that day.";

    public static void MapScores(this IEndpointRouteBuilder api)
    {
        var datastores = api.MapGroup("/datastores").WithTags("Quality scores");
        datastores.MapGet("/{id}/score-settings", Settings).Needs(Permissions.ReadDatastore).WithSummary("How the score of a datastore is made")
            .WithDescription("What was never configured shows the defaults.");
        datastores.MapPut("/{id}/score-settings", Change).Needs(Permissions.EditDatastore).WithSummary("Change how the score of a datastore is made").WithDescription(Anew);
        datastores.MapGet("/{id}/quality-scores", History).Needs(Permissions.ReadDatastore).WithSummary("The scores of a datastore by day").WithDescription(Days);

        var containers = api.MapGroup("/containers").WithTags("Quality scores");
        containers.MapGet("/{id}/score-settings", ContainerSettings).Needs(Permissions.ReadContainer).WithSummary("How the score of a container is made")
            .WithDescription("The datastore's settings have nothing to do with it.");
        containers.MapPut("/{id}/score-settings", ChangeContainer).Needs(Permissions.EditContainer).WithSummary("Change how the score of a container is made").WithDescription(Anew);
        containers.MapGet("/{id}/quality-scores", ContainerHistory).Needs(Permissions.ReadContainer).WithSummary("The scores of a container by day").WithDescription(Days);
    }

    // Administrators pass the permission for datastores that do not exist, too.
    private static async Task<Results<Ok<ScoreSettingsView>, Failure>> Settings(long id, ScoreDesk desk, CancellationToken cancel) =>
        await desk.OfDatastoreAsync(id, cancel) is { } owner ? TypedResults.Ok(await desk.SettingsAsync(owner, cancel)) : Failure.NotFound("Datastore", id);

    private static async Task<Results<Ok<ScoreSettingsView>, Failure>> Change(long id, Body<ScoreSettingsRequest> body, ScoreDesk desk, CancellationToken cancel) =>
        (await desk.ChangeAsync(new ScoreOwner(id), body.Value, cancel)).ToOk();

    private static async Task<Results<Ok<List<DailyScoreView>>, Failure>> History(long id, ScoreDesk desk, CancellationToken cancel) =>
        await desk.OfDatastoreAsync(id, cancel) is { } owner ? TypedResults.Ok(await desk.HistoryAsync(owner, cancel)) : Failure.NotFound("Datastore", id);

    private static async Task<Results<Ok<ScoreSettingsView>, Failure>> ContainerSettings(long id, ScoreDesk desk, CancellationToken cancel) =>
        await desk.OfContainerAsync(id, cancel) is { } owner ? TypedResults.Ok(await desk.SettingsAsync(owner, cancel)) : Failure.NotFound("Container", id);

    private static async Task<Results<Ok<ScoreSettingsView>, Failure>> ChangeContainer(long id, Body<ScoreSettingsRequest> body, ScoreDesk desk, CancellationToken cancel) =>
        await desk.OfContainerAsync(id, cancel) is { } owner ? (await desk.ChangeAsync(owner, body.Value, cancel)).ToOk() : Failure.NotFound("Container", id);

    private static async Task<Results<Ok<List<DailyScoreView>>, Failure>> ContainerHistory(long id, ScoreDesk desk, CancellationToken cancel) =>
        await desk.OfContainerAsync(id, cancel) is { } owner ? TypedResults.Ok(await desk.HistoryAsync(owner, cancel)) : Failure.NotFound("Container", id);
}
