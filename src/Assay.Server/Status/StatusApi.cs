using System.Data.Common;
using Assay.Server.Identity;
using Assay.Server.Logging;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Status;

/// <summary>Health, readiness and what this server is.</summary>
internal static class StatusApi
{
    public static void MapStatus(this IEndpointRouteBuilder api)
    {
        var status = api.MapGroup("").WithTags("Status");
        status.MapGet("/health", Health).Needs(Permissions.Everyone).WithMetadata(new Probe())
            .WithSummary("Is the API up?").WithDescription("For liveness probes: answers as long as the process does, whatever its stores do.");
        status.MapGet("/health/ready", Ready).Needs(Permissions.Everyone).WithMetadata(new Probe())
            .WithSummary("Can the API take requests?").WithDescription("For readiness probes and load balancers: no while the metadata store does not answer, and from the moment the server is asked to stop.")
            .Produces<DetailBody>(StatusCodes.Status503ServiceUnavailable);
        status.MapGet("/status", Status).Needs(Permissions.Everyone)
            .WithSummary("Can the API reach what it needs?").WithDescription("Says `OK`, or what is wrong, for each thing the API depends on. The status is 200 either way.");
    }

    private static NoContent Health() => TypedResults.NoContent();

    private static async Task<Results<NoContent, Failure>> Ready(StoreConnections store, IHostApplicationLifetime lifetime, CancellationToken cancel)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested) return Failure.Of(503, "The server is stopping");
        return await AnswersAsync(store, cancel) ? TypedResults.NoContent() : Failure.Of(503, "The metadata store does not answer");
    }

    private static async Task<Ok<StatusView>> Status(StoreConnections store, CancellationToken cancel) =>
        TypedResults.Ok(await AnswersAsync(store, cancel)
            ? new StatusView("OK", "OK")
            : new StatusView("The metadata store does not answer", "The job store does not answer"));

    private static async Task<bool> AnswersAsync(StoreConnections store, CancellationToken cancel)
    {
        try
        {
            await using var connection = await store.OpenAsync(cancel);
            await connection.ExecuteScalarAsync(new CommandDefinition("SELECT 1", cancellationToken: cancel));
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }
}

/// <param name="DatabaseConnection"><c>OK</c>, or what is wrong with the metadata store.</param>
/// <param name="RabbitmqConnection"><c>OK</c>, or what is wrong with the job store, which stands in a broker's place here.</param>
internal sealed record StatusView(string DatabaseConnection, string RabbitmqConnection);
