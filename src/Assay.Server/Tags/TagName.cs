using Microsoft.AspNetCore.Http.Features;

namespace Assay.Server.Tags;

/// <summary>
/// A tag's name out of the path. Read from the request line as it was sent: the server's own decoding leaves <c>%2F</c> alone,
/// so that by its path "a%2Fb" and "a/b" could not be told from a name that holds "%2F" itself.
/// </summary>
internal sealed record TagName(string Text)
{
    public static ValueTask<TagName> BindAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var start = target.IndexOf(TagsApi.Prefix + "/", StringComparison.Ordinal);
        var end = target.IndexOf('?');
        if (end < 0) end = target.Length;
        // A prefix that is itself written in escapes is legal but never seen; the decoded path serves there.
        var name = start >= 0 && start < end
            ? Uri.UnescapeDataString(target[(start + TagsApi.Prefix.Length + 1)..end])
            : http.Request.RouteValues["name"] as string ?? "";
        return ValueTask.FromResult(new TagName(name));
    }
}
