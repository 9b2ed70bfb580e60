using Assay.Quality.Computed.Fields;
using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Fields.Computed;

/// <summary>Fields that are computed from others of their container.</summary>
internal static class ComputedFieldsApi
{
    public static void MapComputedFields(this IEndpointRouteBuilder api)
    {
        var fields = api.MapGroup("/computed-fields").WithTags("Fields");
        fields.MapPost("", Create).Needs(Permissions.Member).Fails(404, 409).Produces<MessageBody>(400).WithSummary("Make a computed field")
            .WithDescription("Needs the Editor team permission on the container's datastore. It is tried on the container's rows first, and is among the fields after the next profile.");
        fields.MapGet("/specifications", Specifications).Needs(Permissions.Member).WithSummary("The ways in which fields are computed");
        fields.MapPut("/{id}", Update).Needs(Permissions.EditComputedField).Fails(409).Produces<MessageBody>(400).WithSummary("Change a computed field")
            .WithDescription("Replaces how it is computed. Under another name its checks follow.");
        fields.MapDelete("/{id}", Delete).Needs(Permissions.EditComputedField).Fails(409).WithSummary("Delete a computed field")
            .WithDescription("Refused while live quality checks are about it. Where archived ones are, its field stays as missing.");
    }

    private static async Task<Results<Ok<ComputedFieldView>, Failure>> Create(
        Body<ComputedFieldRequest> body, Caller caller, ComputedFieldDesk desk, CancellationToken cancel) => (await desk.CreateAsync(body.Value, caller, cancel)).ToOk();

    private static async Task<Results<Ok<ComputedFieldView>, Failure>> Update(
        long id, Body<ComputedFieldContent> body, Caller caller, ComputedFieldDesk desk, CancellationToken cancel) => (await desk.UpdateAsync(id, body.Value, caller, cancel)).ToOk();

    private static async Task<Results<NoContent, Failure>> Delete(long id, Caller caller, ComputedFieldDesk desk, CancellationToken cancel) =>
        await desk.DeleteAsync(id, caller, cancel) is { } failure ? failure : TypedResults.NoContent();

    private static Ok<List<TransformationView>> Specifications(Query<TransformationQuery> query) => TypedResults.Ok(
        FieldTransformation.All.Where(t => query.Value.Transformation is not { } wanted || wanted.Contains(t.Name)).Select(TransformationView.Of).ToList());
}
