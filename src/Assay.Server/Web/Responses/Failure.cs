namespace Assay.Server.Web.Responses;

/// <summary>
/// An expected outcome that is not success. The only place that knows how failures look on the wire: <c>{"message"}</c> for
/// connectivity, <c>{"detail"}</c> for everything else, and a list of <c>loc, msg, type</c> for 422.
/// </summary>
internal sealed class Failure : IResult
{
    private readonly object body;

    private Failure(int status, object body)
    {
        Status = status;
        this.body = body;
    }

    public int Status { get; }

    /// <summary>The text of the failure, for per-item errors of bulk calls.</summary>
    public string Text => body switch
    {
        DetailBody detail => detail.Detail,
        MessageBody message => message.Message,
        InvalidBody invalid => string.Join("; ", invalid.Detail.Select(e => $"{string.Join('.', e.Loc)}: {e.Msg}")),
        _ => "",
    };

    public static Failure Unauthorized(string detail = "Not authenticated") => new(401, new DetailBody(detail));
    public static Failure Forbidden(string detail) => new(403, new DetailBody(detail));
    public static Failure NotFound(string detail = "Not Found") => new(404, new DetailBody(detail));
    /// <summary>The fixed wording for an unknown (or invisible) id: <c>Datastore id: 9 not found</c>.</summary>
    public static Failure NotFound(string entity, object id) => NotFound($"{entity} id: {id} not found");
    public static Failure Conflict(string detail) => new(409, new DetailBody(detail));
    public static Failure Invalid(IReadOnlyList<FieldError> errors) => new(422, new InvalidBody(errors));
    public static Failure Invalid(params FieldError[] errors) => new(422, new InvalidBody(errors));
    /// <summary>The same where what is wrong was sent as a member of the body: errors name their place in the body as it was sent.</summary>
    public Failure Within(string member) => body is not InvalidBody invalid ? this
        : Invalid([.. invalid.Detail.Select(e => e.Loc[0] is "body" ? e with { Loc = ["body", member, .. e.Loc.Skip(1)] } : e)]);
    /// <summary>A source that could not be reached or used: 400 with <c>message</c>.</summary>
    public static Failure Unreachable(string message) => new(400, new MessageBody(message));
    /// <summary>Any other status, for the framework's own refusals (404, 405, 413, 415, 503, ...).</summary>
    public static Failure Of(int status, string detail) => new(status, new DetailBody(detail));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (Status == 401) httpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return httpContext.Response.WriteAsJsonAsync(body, body.GetType(), Json.Options, httpContext.RequestAborted);
    }
}

/// <summary>The body of every error but connectivity and validation.</summary>
internal sealed record DetailBody(string Detail);

/// <summary>The body of a connectivity failure.</summary>
internal sealed record MessageBody(string Message);

/// <summary>The body of a 422.</summary>
internal sealed record InvalidBody(IReadOnlyList<FieldError> Detail);

/// <param name="Loc">Where: <c>body</c>, <c>query</c> or <c>path</c>, then member names and list indexes.</param>
/// <param name="Msg">What is wrong, in words.</param>
/// <param name="Type">The kind of error, stable: <c>missing</c>, <c>string_too_long</c>, <c>greater_than_equal</c>, ...</param>
internal sealed record FieldError(IReadOnlyList<object> Loc, string Msg, string Type)
{
    public static FieldError InBody(string field, string msg, string type = "value_error") => new(["body", field], msg, type);
    public static FieldError InQuery(string field, string msg, string type = "value_error") => new(["query", field], msg, type);
}
