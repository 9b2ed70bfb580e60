using Assay.Server.Web.Responses;

namespace Assay.Server.Web.Requests;

/// <summary>A handler's argument read from the request; where it could not be read, <see cref="RefuseInvalid"/> answers in the handler's place.</summary>
internal interface IBound
{
    Failure? Failure { get; }
    /// <summary>The record that the argument is read into, for the OpenAPI document.</summary>
    static abstract Type RequestType { get; }
}

/// <summary>Answers for the handler where one of its arguments is invalid; all errors of all arguments come at once.</summary>
internal static class RefuseInvalid
{
    public static ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
            if (argument is IBound { Failure: { } failure }) return ValueTask.FromResult<object?>(failure);
        return next(context);
    }
}
