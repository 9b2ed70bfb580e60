using Microsoft.AspNetCore.Http.Features;

namespace Assay.Server.Profiles;

/// <summary>
/// A field's name out of the path, of which it is the last part. Read from the request line as it was sent: the server's own decoding leaves
/// <c>%2F</c> alone, so that a name with a slash could not be asked for.
/// </summary>
internal sealed record FieldName(string Text)
{
    public static ValueTask<FieldName> BindAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?');
        var path = (end < 0 ? target : target[..end]).TrimEnd('/');
        return ValueTask.FromResult(new FieldName(Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..])));
    }
}
