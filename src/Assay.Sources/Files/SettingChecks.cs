using System.Text.Json;
using Assay.Sources.Contract;

namespace Assay.Sources.Files;

/// <summary>Checks of connection settings that file connectors share.</summary>
internal static class SettingChecks
{
    private static readonly Dictionary<string, Func<ConnectionSettings, object?>> Fields = new()
    {
        ["host"] = s => s.Host,
        ["port"] = s => s.Port,
        ["username"] = s => s.Username,
        ["password"] = s => s.Password,
        ["passphrase"] = s => s.Passphrase,
        ["uri"] = s => s.Uri,
        ["access_key"] = s => s.AccessKey,
        ["secret_key"] = s => s.SecretKey,
        ["catalog"] = s => s.Catalog,
        ["catalog_type"] = s => s.CatalogType,
    };

    /// <summary>A problem for each field and parameter that is set but means nothing to the connector.</summary>
    public static List<SettingProblem> NothingElseThan(ConnectionSettings settings, string[] fields, string[] parameters) =>
    [
        .. from field in Fields
           where !fields.Contains(field.Key) && field.Value(settings) is not (null or "")
           select new SettingProblem([field.Key], "This connection takes no such field.", "extra_forbidden"),
        .. from parameter in settings.Parameters.Keys
           where !parameters.Contains(parameter)
           select new SettingProblem(["parameters", parameter], Allowed(parameters), "extra_forbidden"),
    ];

    public static SettingProblem Missing(string message, params string[] field) => new(field, message, "missing");

    /// <summary>A text parameter; null where it is absent or null.</summary>
    public static string? Text(this ConnectionSettings settings, string parameter) =>
        settings.Parameters.TryGetValue(parameter, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    /// <summary>A yes or no, also as text; null where it is absent or something else.</summary>
    public static bool? Flag(this ConnectionSettings settings, string parameter) =>
        !settings.Parameters.TryGetValue(parameter, out var value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : bool.TryParse(settings.Text(parameter), out var flag) ? flag : null;

    private static string Allowed(string[] parameters) =>
        parameters.Length == 0 ? "This connection takes no parameters." : $"This connection takes these parameters: {string.Join(", ", parameters)}.";
}
