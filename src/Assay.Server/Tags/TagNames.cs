using Assay.Server.Web.Responses;

namespace Assay.Server.Tags;

/// <summary>What a tag may be called. A name stands in paths, so the few that no path can reach are refused.</summary>
internal static class TagNames
{
    public static FieldError? Problem(string name, IReadOnlyList<object> loc) => name switch
    {
        "listing" => new FieldError(loc, "'listing' names the list of all tags and cannot be a tag", "value_error"),
        "." or ".." => new FieldError(loc, "A tag cannot be called '.' or '..'", "value_error"),
        _ when name.StartsWith('/') || name.EndsWith('/') || name.Split('/').Any(part => part is "." or "..") =>
            new FieldError(loc, "A tag's name cannot begin or end with a slash, or hold '.' or '..' between slashes", "value_error"),
        _ => null,
    };
}
