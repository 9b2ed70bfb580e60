using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Anomalies.Reads;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Users;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Container = Assay.Server.Containers.Container;

namespace Assay.Server.Anomalies.Comments;

/// <summary>What people say about anomalies.</summary>
internal static class CommentsApi
{
    public static void MapComments(this IEndpointRouteBuilder api)
    {
        var comments = api.MapGroup("/comments").WithTags("Anomalies");
        comments.MapGet("", List).Needs(Permissions.Member).WithSummary("List comments, oldest first");
        comments.MapGet("/{id}", Get).Needs(Permissions.Member).WithSummary("Get a comment").WithDescription("Needs the Reporter team permission on the anomaly's datastore.");
        comments.MapPost("", Create).Needs(Permissions.Member).Fails(404).WithSummary("Comment on an anomaly").WithDescription("Needs the Viewer team permission on the anomaly's datastore.");
        comments.MapPut("/{id}", Update).Needs(Permissions.Member).WithSummary("Change a comment").WithDescription("Its author may, and administrators.");
        comments.MapDelete("/{id}", Delete).Needs(Permissions.Member).WithSummary("Delete a comment").WithDescription("Its author may, and administrators.");
    }

    private static async Task<Ok<PageOf<CommentView>>> List(Query<CommentQuery> query, Caller caller, AssayDb db, AnomalyReads reads, CancellationToken cancel)
    {
        var visible = db.DatastoresVisibleTo(caller);
        var rows = db.Set<AnomalyComment>().AsNoTracking().Where(c => db.Set<Anomaly>().Any(a => a.Id == c.AnomalyId
            && db.Set<Container>().Any(x => x.Id == a.ContainerId && visible.Any(d => d.Id == x.DatastoreId))));
        if (query.Value.AnomalyId is { } anomalies) rows = rows.Where(c => anomalies.Contains(c.AnomalyId));
        var page = await rows.OrderBy(c => c.Id).ToPageAsync(query.Value, cancel);
        return TypedResults.Ok(page.With(await reads.ShowAsync(page.Items, cancel)));
    }

    private static async Task<Results<Ok<CommentView>, Failure>> Get(long id, Caller caller, AnomalyAccess access, AssayDb db, AnomalyReads reads, CancellationToken cancel) =>
        (await FindAsync(id, caller, access, db, cancel)).Try(out var comment, out var failure) ? TypedResults.Ok((await reads.ShowAsync([comment], cancel))[0]) : failure;

    private static async Task<Results<Ok<CommentView>, Failure>> Create(
        Body<CommentRequest> body, Caller caller, AnomalyAccess access, AssayDb db, AnomalyReads reads, TimeProvider clock, CancellationToken cancel)
    {
        if (!(await access.FindAsync($"{body.Value.AnomalyId}", caller, TeamPermission.Viewer, cancel)).Try(out var anomaly, out var refusal)) return refusal;
        var comment = new AnomalyComment { AnomalyId = anomaly, UserId = caller.Id, Message = body.Value.Message, Created = clock.UtcNow() };
        db.Add(comment);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok((await reads.ShowAsync([comment], cancel))[0]);
    }

    private static async Task<Results<Ok<CommentView>, Failure>> Update(
        long id, Body<CommentChange> body, Caller caller, AnomalyAccess access, AssayDb db, AnomalyReads reads, CancellationToken cancel)
    {
        if (!(await FindAsync(id, caller, access, db, cancel)).Try(out var comment, out var failure)) return failure;
        if (NotYours(comment, caller) is { } refusal) return refusal;
        comment.Message = body.Value.Message;
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok((await reads.ShowAsync([comment], cancel))[0]);
    }

    private static async Task<Results<NoContent, Failure>> Delete(long id, Caller caller, AnomalyAccess access, AssayDb db, CancellationToken cancel)
    {
        if (!(await FindAsync(id, caller, access, db, cancel)).Try(out var comment, out var failure)) return failure;
        if (NotYours(comment, caller) is { } refusal) return refusal;
        await db.Set<AnomalyComment>().Where(c => c.Id == id).ExecuteDeleteAsync(cancel);
        return TypedResults.NoContent();
    }

    private static Failure? NotYours(AnomalyComment comment, Caller caller) =>
        comment.UserId == caller.Id || caller.Is(Role.Admin) ? null : Failure.Forbidden("Only its author and administrators can change a comment");

    private static async Task<Outcome<AnomalyComment>> FindAsync(long id, Caller caller, AnomalyAccess access, AssayDb db, CancellationToken cancel)
    {
        var notFound = Failure.NotFound("Comment", id);
        if (await db.Set<AnomalyComment>().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } comment) return notFound;
        return (await access.FindAsync($"{comment.AnomalyId}", caller, TeamPermission.Reporter, cancel)).Failure is { } refusal ? refusal.Status == 404 ? notFound : refusal : comment;
    }
}

/// <summary>A new comment.</summary>
internal sealed record CommentRequest : JsonRequest
{
    [Required, Range(1, long.MaxValue)]
    public long AnomalyId { get; set; }

    [Required, StringLength(10000, MinimumLength = 1)]
    public string Message { get; set; } = "";
}

/// <summary>The new words of a comment.</summary>
internal sealed record CommentChange : JsonRequest
{
    [Required, StringLength(10000, MinimumLength = 1)]
    public string Message { get; set; } = "";
}

/// <summary>The parameters of <c>GET /api/comments</c>.</summary>
internal sealed record CommentQuery : Paging
{
    [Description("Only comments on these anomalies.")]
    [Alias("anomaly")]
    public IReadOnlyList<long>? AnomalyId { get; set; }
}
