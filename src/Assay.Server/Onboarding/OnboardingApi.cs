using Assay.Server.Connections;
using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Onboarding;

/// <summary>From a connection to datastores for everything behind it: discover catalogs and schemas, validate them, create datastores in bulk.</summary>
internal static class OnboardingApi
{
    private const string DfsRefused = "409 for file stores, which have neither catalogs nor schemas. 400 with a `message` where the source cannot be reached.";

    private const string Verdicts = "Tries up to 50 schemas side by side. Always 200 with a verdict on each, also where the source cannot be reached. 409 for file stores.";

    private const string NonAtomic = """
        One datastore for each schema (or root path), each with all that belongs to it or not at all: those that can be made are made, the others are listed under `errors`.
        Needs Editor permission in at least one of the teams (403). What stands in the way of all of them, such as an unknown group or enrichment store, is refused as a whole and leaves nothing behind.
        With `include` or `exclude` and no list, the schemas are discovered (400 with a `message` where the source cannot be reached). With `dry_run` nothing is made.
        """;

    public static void MapOnboarding(this IEndpointRouteBuilder api)
    {
        var connections = api.MapGroup("/connections").WithTags("Onboarding");
        connections.MapPost("/catalogs", Catalogs).Needs(Permissions.Manager).Fails(400, 409).WithSummary("Discover catalogs through a connection that is not stored")
            .WithDescription($"The names of the databases that the user may connect to. Nothing is stored. {DfsRefused}");
        connections.MapGet("/{connection_id}/catalogs", StoredCatalogs).Needs(Permissions.Manager).Fails(400, 404, 409).WithSummary("Discover catalogs through a stored connection")
            .WithDescription($"Each with the datastores of this connection that cover it already. {DfsRefused}");
        connections.MapPost("/schemas", Schemas).Needs(Permissions.Manager).Fails(400, 409).WithSummary("Discover schemas through a connection that is not stored")
            .WithDescription($"The names of the schemas, those of the system included. Nothing is stored. {DfsRefused}");
        connections.MapGet("/{connection_id}/schemas", StoredSchemas).Needs(Permissions.Manager).Fails(400, 404, 409).WithSummary("Discover schemas through a stored connection")
            .WithDescription($"Each with the datastores of this connection that cover it already. {DfsRefused}");
        connections.MapPost("/datastores/validate", Validate).Needs(Permissions.Manager).Fails(409, 503).WithSummary("Validate schemas through a connection that is not stored")
            .WithDescription($"{Verdicts} Nothing is stored.");
        connections.MapPost("/{connection_id}/datastores/validate", ValidateStored).Needs(Permissions.Manager).Fails(400, 404, 409, 503).WithSummary("Validate schemas through a stored connection")
            .WithDescription(Verdicts);
        connections.MapPost("/datastores/bulk", Bulk).Needs(Permissions.Manager).Fails(400, 404, 409).WithSummary("Create datastores in bulk, with a new connection")
            .WithDescription($"The connection is stored first. {NonAtomic}");
        connections.MapPost("/{connection_id}/datastores/bulk", BulkStored).Needs(Permissions.Manager).Fails(400, 404, 409).WithSummary("Create datastores in bulk, with a stored connection")
            .WithDescription(NonAtomic);
    }

    private static async Task<Results<Ok<IReadOnlyList<string>>, Failure>> Catalogs(
        Body<ConnectionRequest> body, Query<CatalogFilter> query, Discovery discovery, CancellationToken cancel) =>
        (await discovery.CatalogsAsync(body.Value, query.Value, cancel)).ToOk();

    private static async Task<Results<Ok<IReadOnlyList<DiscoveredCatalog>>, Failure>> StoredCatalogs(
        long connection_id, Query<CatalogFilter> query, Discovery discovery, CancellationToken cancel) =>
        (await discovery.CatalogsAsync(connection_id, query.Value, cancel)).ToOk();

    private static async Task<Results<Ok<IReadOnlyList<string>>, Failure>> Schemas(
        Body<ConnectionRequest> body, Query<SchemaFilter> query, Discovery discovery, CancellationToken cancel) =>
        (await discovery.SchemasAsync(body.Value, query.Value, cancel)).ToOk();

    private static async Task<Results<Ok<IReadOnlyList<DiscoveredSchema>>, Failure>> StoredSchemas(
        long connection_id, Query<SchemaFilter> query, Discovery discovery, CancellationToken cancel) =>
        (await discovery.SchemasAsync(connection_id, query.Value, cancel)).ToOk();

    private static async Task<Results<Ok<ValidationResult>, Failure>> Validate(Body<ValidateWithConnectionRequest> body, SchemaValidation validation, CancellationToken cancel) =>
        (await validation.RunAsync(body.Value, cancel)).ToOk();

    private static async Task<Results<Ok<ValidationResult>, Failure>> ValidateStored(
        long connection_id, Body<ValidateRequest> body, SchemaValidation validation, CancellationToken cancel) =>
        (await validation.RunAsync(connection_id, body.Value, cancel)).ToOk();

    private static async Task<Results<Ok<BulkResult>, Failure>> Bulk(
        Body<BulkWithConnectionRequest> body, IdempotencyKey key, Caller caller, BulkCreate bulk, CancellationToken cancel) =>
        (await bulk.RunAsync(body.Value, key, caller, cancel)).ToOk();

    private static async Task<Results<Ok<BulkResult>, Failure>> BulkStored(
        long connection_id, Body<BulkRequest> body, IdempotencyKey key, Caller caller, BulkCreate bulk, CancellationToken cancel) =>
        (await bulk.RunAsync(connection_id, body.Value, key, caller, cancel)).ToOk();
}
