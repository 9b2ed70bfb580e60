using System.Security.Cryptography;
using System.Text.Json;
using Assay.Engine.Secrets;

namespace Assay.Sources.Gcs;

/// <summary>
/// A service account out of its JSON key. Other kinds of Google credential files are refused: they may name programs to run
/// and files or addresses of this machine to read.
/// </summary>
internal sealed record GoogleAccount(string Email, Secret PrivateKeyPem, Uri TokenUri)
{
    private static readonly Uri GoogleToken = new("https://oauth2.googleapis.com/token");

    /// <param name="anyTokenUri">Also sign-in services that are not Google's, which go with an endpoint that is not.</param>
    public static (GoogleAccount? Account, string? Problem) Parse(string json, bool anyTokenUri)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return (null, "This is no JSON key of a service account.");
            if (Text(document, "type") != "service_account") return (null, "Only keys of type service_account are taken.");
            if (Text(document, "client_email") is not { Length: > 0 } email) return (null, "The key lacks client_email.");
            if (Text(document, "private_key") is not { Length: > 0 } key || !IsRsaKey(key)) return (null, "The key lacks a private_key in PEM form.");
            var token = GoogleToken;
            if (Text(document, "token_uri") is { Length: > 0 } uri && !Uri.TryCreate(uri, UriKind.Absolute, out token)) return (null, "The key's token_uri is no URL.");
            var atGoogle = token!.Scheme == "https" && (token.Host == "accounts.google.com" || token.Host.EndsWith(".googleapis.com", StringComparison.Ordinal));
            return atGoogle || (anyTokenUri && token.Scheme is "http" or "https")
                ? (new GoogleAccount(email, new Secret(key), token), null)
                : (null, "The key's token_uri is not Google's.");
        }
        catch (JsonException)
        {
            return (null, "This is no JSON: paste the whole key file of the service account.");
        }
    }

    private static string? Text(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsRsaKey(string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return true;
        }
        catch (Exception notOne) when (notOne is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
