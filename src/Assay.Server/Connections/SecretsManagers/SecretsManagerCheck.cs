using System.Text.Json;
using Assay.Engine.Secrets;

namespace Assay.Server.Connections.SecretsManagers;

/// <summary>What is wrong with a secrets manager's settings before it is asked anything.</summary>
internal static class SecretsManagerCheck
{
    public static IEnumerable<(string Member, string Message)> Problems(SecretsManagerSettings manager, Secret? credentials)
    {
        if (manager.LoginUrl is { } login && !IsUrl(login)) yield return ("login_url", "Input should be an http or https URL");
        if (!IsUrl(manager.SecretUrl)) yield return ("secret_url", "Input should be an http or https URL");
        if (!JsonPath.TryParse(manager.TokenJsonpath, out _)) yield return ("token_jsonpath", JsonPath.Expected);
        if (!JsonPath.TryParse(manager.DataJsonpath, out _)) yield return ("data_jsonpath", JsonPath.Expected);
        if (!IsHeader(manager.TokenHeaderName)) yield return ("token_header_name", "Input should be the name of a request header that can carry a token");
        if (credentials is not null && !IsJson(credentials)) yield return ("credentials_payload", "Input should be JSON text");
    }

    // Credentials in a URL would be shown to everyone who may read the connection.
    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0;

    private static bool IsHeader(string name)
    {
        using var probe = new HttpRequestMessage();
        return probe.Headers.TryAddWithoutValidation(name, "x") && !name.Equals("Host", StringComparison.OrdinalIgnoreCase)
            && !name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) && !name.Equals("Connection", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsJson(Secret text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.Reveal());
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
