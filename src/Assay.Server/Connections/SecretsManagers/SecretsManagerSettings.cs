using System.Text.Json;

namespace Assay.Server.Connections.SecretsManagers;

/// <summary>How to fetch secrets from a vault that speaks HTTP and JSON, without the credentials that sign in to it.</summary>
/// <param name="LoginUrl">POST target of the login; null for a vault that asks for none.</param>
/// <param name="TokenJsonpath">Where the token stands in the login's answer.</param>
/// <param name="SecretUrl">GET target of the secrets.</param>
/// <param name="TokenHeaderName">The header that carries the token.</param>
/// <param name="DataJsonpath">Where the object of keys and values stands in the answer.</param>
internal sealed record SecretsManagerSettings(string? LoginUrl, string TokenJsonpath, string SecretUrl, string TokenHeaderName, string DataJsonpath)
{
    public static SecretsManagerSettings From(SecretsManagerRequest request) => new(
        string.IsNullOrWhiteSpace(request.LoginUrl) ? null : request.LoginUrl.Trim(),
        Or(request.TokenJsonpath, "$.auth.client_token"),
        request.SecretUrl.Trim(),
        Or(request.TokenHeaderName, "X-Vault-Token"),
        Or(request.DataJsonpath, "$.data"));

    public static SecretsManagerSettings? Read(string? stored) =>
        stored is null ? null : JsonSerializer.Deserialize<SecretsManagerSettings>(stored, Web.Json.Options);

    public string ToJson() => JsonSerializer.Serialize(this, Web.Json.Options);

    private static string Or(string? text, string fallback) => string.IsNullOrWhiteSpace(text) ? fallback : text.Trim();
}
