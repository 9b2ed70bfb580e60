namespace Assay.Server.Web.Requests;

/// <summary>
/// Names one other thing in a request: by its id (a number), its name (a string), or an object with <c>id</c> or <c>name</c>,
/// so that what an answer shows can be sent back. Exactly one of the two is set.
/// </summary>
internal sealed record NameOrId(long? Id, string? Name)
{
    /// <summary>The fixed wording where nothing answers to the reference.</summary>
    public Responses.Failure NotFound(string entity) =>
        Responses.Failure.NotFound(Id is { } id ? $"{entity} id: {id} not found" : $"{entity} name: '{Name}' not found");
}
