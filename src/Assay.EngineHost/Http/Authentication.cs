using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Assay.EngineHost.Statements;

namespace Assay.EngineHost.Http;

/// <summary>Lets only the holder of the start's secret in: as <c>X-ClickHouse-Key</c> or as the password of basic authentication.</summary>
internal sealed class Authentication(string secret)
{
    internal const string User = "default";

    private readonly byte[] _secret = SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    internal async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Credentials(context.Request) is var (user, key) && user == User && Matches(key))
            await next(context);
        else
            await Answer.RefuseAsync(context, new Refusal(516, "AUTHENTICATION_FAILED",
                "Authentication failed: password is incorrect, or there is no user with such name"), context.RequestAborted);
    }

    private static (string User, string Key)? Credentials(HttpRequest request)
    {
        if (request.Headers["X-ClickHouse-Key"].FirstOrDefault() is { } key)
            return (request.Headers["X-ClickHouse-User"].FirstOrDefault() ?? User, key);
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Scheme != "Basic")
            return null;
        var buffer = new byte[header.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", buffer, out var length))
            return null;
        var parts = Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2);
        return parts.Length == 2 ? (parts[0], parts[1]) : null;
    }

    // Hashes of equal length, so that the time of the comparison tells nothing about the secret.
    private bool Matches(string key) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), _secret);
}
