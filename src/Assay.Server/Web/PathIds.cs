using Assay.Server.Web.Responses;

namespace Assay.Server.Web;

/// <summary>
/// Ids in paths are positive integers. Anything else in a place named <c>id</c> or <c>…_id</c> is answered here with 422,
/// before permissions are looked at, so that handlers bind them plainly.
/// </summary>
internal sealed class PathIds(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<FreeFormId>() is not null) return next(http);
        foreach (var (name, value) in http.Request.RouteValues)
            if ((name == "id" || name.EndsWith("_id", StringComparison.Ordinal)) && !(long.TryParse(value as string, out var id) && id > 0))
                return Failure.Invalid(new FieldError(["path", name],
                    "Input should be a valid positive integer, unable to parse the input", "int_parsing")).ExecuteAsync(http);
        return next(http);
    }
}

/// <summary>Marks a route whose <c>id</c> is not a number, such as one that also takes a UUID.</summary>
internal sealed class FreeFormId;
