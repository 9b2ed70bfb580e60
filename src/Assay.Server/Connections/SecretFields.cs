using System.Collections.Frozen;
using Assay.Sources.Contract;

namespace Assay.Server.Connections;

/// <summary>The names under which a connection's secrets are stored: the path of the member that carries each.</summary>
internal static class SecretFields
{
    public const string Password = "password";
    public const string Passphrase = "passphrase";
    public const string SecretKey = "secret_key";
    public const string CredentialsPayload = "secrets_manager.credentials_payload";
    private const string ParameterPrefix = "parameters.";

    // A connector that forgets to mark one of these does not get it stored or shown in clear.
    private static readonly FrozenSet<string> AlwaysSecret = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "password", "passphrase", "token", "access_token", "personal_access_token", "auth_token", "session_token", "api_key", "secret",
        "secret_key", "client_secret", "private_key", "private_key_der_b64", "credentials", "credentials_payload");

    public static bool IsSecretParameter(ConnectorSpec spec, string name) => AlwaysSecret.Contains(name)
        || spec.Properties.Any(p => p.Secret && p.MapTo == "parameters" && p.Field == name);

    public static string OfParameter(string name) => ParameterPrefix + name;

    /// <summary>The parameter's name where the field is one.</summary>
    public static string? ParameterOf(string field) =>
        field.StartsWith(ParameterPrefix, StringComparison.Ordinal) ? field[ParameterPrefix.Length..] : null;

    /// <summary>The field as the end of an error's <c>loc</c>.</summary>
    public static object[] Loc(string field) => field.Split('.', 2);
}
