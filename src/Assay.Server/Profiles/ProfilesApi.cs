using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Profiles;

/// <summary>What profiles found.</summary>
internal static class ProfilesApi
{
    public static void MapProfiles(this IEndpointRouteBuilder api)
    {
        var profiles = api.MapGroup("/container-profiles").WithTags("Profiles");
        profiles.MapGet("", List).Needs(Permissions.Member).WithSummary("List profiles of containers, latest first");
        profiles.MapGet("/{id}", Get).Needs(Permissions.ReadContainerProfile).WithSummary("Get a container's profile");
        profiles.MapGet("/{id}/field-profiles", FieldsOf).Needs(Permissions.ReadContainerProfile).WithSummary("The profiles of a container's fields at that time");
        profiles.MapGet("/{id}/field-profiles/{name}", FieldOf).Needs(Permissions.ReadContainerProfile).WithSummary("The profile of one field at that time");

        var fields = api.MapGroup("/field-profiles").WithTags("Profiles");
        fields.MapGet("", ListFields).Needs(Permissions.Member).WithSummary("List profiles of fields");
        fields.MapGet("/listing", Listing).Needs(Permissions.Member).WithSummary("All field profiles in short, unpaged");
        fields.MapGet("/{id}", GetField).Needs(Permissions.ReadFieldProfile).WithSummary("Get a field's profile");
        api.MapGet("/fields/{id}/field-profiles", History).Needs(Permissions.ReadField).WithTags("Profiles").WithSummary("The latest profiles of a field");

        var container = api.MapGroup("/containers/{id}").WithTags("Profiles");
        container.MapGet("/profile", Latest).Needs(Permissions.ReadContainer).WithSummary("The latest profile of a container");
        container.MapGet("/measurements", MeasurementsOf).Needs(Permissions.ReadContainer).WithSummary("Volume and freshness of a container, a measurement a day, latest first");
        container.MapGet("/field-profiles", LatestFields).Needs(Permissions.ReadContainer).WithSummary("The latest profiles of a container's fields");
        container.MapGet("/field-profiles/{name}", LatestField).Needs(Permissions.ReadContainer).WithSummary("The latest profile of one field");
    }

    private static async Task<Ok<PageOf<ContainerProfileView>>> List(
        Query<ContainerProfileQuery> query, Caller caller, ContainerProfileReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(query.Value, caller, cancel));

    private static async Task<Results<Ok<ContainerProfileDetail>, Failure>> Get(long id, ContainerProfileReads reads, CancellationToken cancel) =>
        await reads.FindAsync(id, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound("Container profile", id);

    private static async Task<Results<Ok<PageOf<FieldProfileView>>, Failure>> FieldsOf(
        long id, Query<ContainerFieldProfileQuery> query, ContainerProfileReads containers, FieldProfileReads fields, CancellationToken cancel) =>
        !await containers.ExistsAsync(id, cancel) ? Failure.NotFound("Container profile", id) : TypedResults.Ok(await fields.OfProfileAsync(id, query.Value, cancel));

    private static async Task<Results<Ok<FieldProfileView>, Failure>> FieldOf(long id, FieldName field, FieldProfileReads fields, CancellationToken cancel) =>
        One(await fields.OfProfileAsync(id, new ContainerFieldProfileQuery { Name = field.Text }, cancel), field.Text);

    private static async Task<Ok<PageOf<FieldProfileView>>> ListFields(Query<FieldProfileQuery> query, Caller caller, FieldProfileReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(query.Value, caller, cancel));

    private static async Task<Ok<List<FieldProfileStub>>> Listing(
        Query<FieldProfileListingQuery> query, Caller caller, FieldProfileReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.ListingAsync(query.Value, caller, cancel));

    private static async Task<Results<Ok<FieldProfileView>, Failure>> GetField(
        long id, Query<FieldProfileRevealQuery> query, Caller caller, MaskedAccess access, FieldProfileReads reads, CancellationToken cancel) =>
        await access.RefuseAsync(query.Value.IncludeMasked, ResourceKind.FieldProfile, "Field profile", id, caller, cancel) is { } refusal ? refusal
        : await reads.FindAsync(id, query.Value.IncludeMasked, caller, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound("Field profile", id);

    private static async Task<Ok<IReadOnlyList<FieldProfileView>>> History(long id, Query<FieldHistoryQuery> query, FieldProfileReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.HistoryAsync(id, query.Value.Limit, cancel));

    private static async Task<Results<Ok<ContainerProfileDetail>, Failure>> Latest(long id, ContainerProfileReads reads, CancellationToken cancel) =>
        await reads.LatestAsync(id, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound($"Container id: {id} has not been profiled");

    private static async Task<Ok<PageOf<MeasurementView>>> MeasurementsOf(long id, Query<Paging> query, AssayDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.Set<Measurement>().Where(m => m.ContainerId == id).OrderByDescending(m => m.Day)
            .Select(m => new MeasurementView(m.Id, m.Created, m.MeasurementTime, m.LastModificationTime, m.RowCount, m.SizeBytes)).ToPageAsync(query.Value, cancel));

    private static async Task<Ok<PageOf<FieldProfileView>>> LatestFields(
        long id, Query<ContainerFieldProfileQuery> query, FieldProfileReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.LatestOfContainerAsync(id, query.Value, cancel));

    private static async Task<Results<Ok<FieldProfileView>, Failure>> LatestField(long id, FieldName field, FieldProfileReads reads, CancellationToken cancel) =>
        One(await reads.LatestOfContainerAsync(id, new ContainerFieldProfileQuery { Name = field.Text }, cancel), field.Text);

    private static Results<Ok<FieldProfileView>, Failure> One(PageOf<FieldProfileView> page, string name) =>
        page.Items is [var view, ..] ? TypedResults.Ok(view) : Failure.NotFound($"There is no profile of a field '{name}'");
}
