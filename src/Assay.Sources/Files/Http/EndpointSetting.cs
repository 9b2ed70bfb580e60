namespace Assay.Sources.Files.Http;

/// <summary>Endpoints that users write: the root of an HTTP service.</summary>
internal static class EndpointSetting
{
    /// <param name="pathAllowed">Whether the service may lie under a path.</param>
    public static (Uri? Endpoint, string? Problem) Parse(string text, bool pathAllowed = false)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            return (null, "The endpoint should look like https://storage.example.com:9000.");
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0 || (!pathAllowed && uri.AbsolutePath != "/"))
            return (null, "The endpoint takes a scheme, a host and a port, nothing else; credentials have their own fields.");
        return (uri, null);
    }

    /// <summary>Host and port for messages.</summary>
    public static string Shown(Uri endpoint) => endpoint.Authority;
}
