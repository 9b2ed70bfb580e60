using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Tags;

/// <summary>Global tags, addressed by name: the rest of the path, slashes and all.</summary>
internal static class TagsApi
{
    public const string Prefix = "/global-tags";

    public static void MapTags(this IEndpointRouteBuilder api)
    {
        var tags = api.MapGroup(Prefix).WithTags("Tags");
        tags.MapGet("", List).Needs(Permissions.Member).WithSummary("List tags, by name");
        tags.MapGet("/listing", Listing).Needs(Permissions.Member).WithSummary("List all tags with how often each is used")
            .WithDescription("Counts the datastores that the caller may see.");
        tags.MapPost("", Create).Needs(Permissions.Manager).Fails(404, 409).WithSummary("Make a tag");
        tags.MapGet("/{**name}", Get).Needs(Permissions.Member).WithSummary("Get a tag by name");
        tags.MapPut("/{**name}", Update).Needs(Permissions.Manager).Fails(409).WithSummary("Change or rename a tag")
            .WithDescription("Members that are left out stay as they are; a new name keeps every use of the tag.");
        tags.MapDelete("/{**name}", Delete).Needs(Permissions.Manager).WithSummary("Delete a tag and take it off everything that carries it");
    }

    private static async Task<Ok<PageOf<TagView>>> List(Query<Paging> query, AssayDb db, CancellationToken cancel)
    {
        var page = await db.Set<Tag>().OrderBy(t => t.Name).ToPageAsync(query.Value, cancel);
        return TypedResults.Ok(page.With([.. page.Items.Select(TagView.Of)]));
    }

    private static async Task<Ok<List<TagUse>>> Listing(Caller caller, TagUses uses, CancellationToken cancel) =>
        TypedResults.Ok(await uses.CountAsync(caller, cancel));

    private static async Task<Results<Ok<TagView>, Failure>> Create(Body<TagRequest> body, TagDesk desk, CancellationToken cancel) =>
        (await desk.CreateAsync(body.Value, cancel)).ToOk();

    private static async Task<Results<Ok<TagView>, Failure>> Get(TagName tag, TagDesk desk, CancellationToken cancel) =>
        (await desk.GetAsync(tag.Text, cancel)).ToOk();

    private static async Task<Results<Ok<TagView>, Failure>> Update(TagName tag, Body<TagChange> body, TagDesk desk, CancellationToken cancel) =>
        (await desk.UpdateAsync(tag.Text, body.Value, cancel)).ToOk();

    private static async Task<Results<NoContent, Failure>> Delete(TagName tag, TagDesk desk, CancellationToken cancel) =>
        await desk.DeleteAsync(tag.Text, cancel) is { } failure ? failure : TypedResults.NoContent();
}
