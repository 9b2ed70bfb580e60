using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;

namespace Assay.Server.Connections.SecretsManagers;

/// <summary><c>${key}</c> in any text of a connection stands for what its secrets manager holds under that key.</summary>
internal static partial class Placeholders
{
    [GeneratedRegex(@"\$\{([^{}]+)\}")]
    private static partial Regex Pattern { get; }

    /// <summary>The paths, dotted, of the fields that hold a placeholder.</summary>
    public static HashSet<string> FieldsIn(ConnectionSettings settings) => [.. Texts(settings).Where(t => Pattern.IsMatch(t.Text)).Select(t => t.Field)];

    /// <summary>The texts that hold a placeholder, by the dotted path of their field.</summary>
    public static Dictionary<string, string> TextsIn(ConnectionSettings settings) =>
        Texts(settings).Where(t => Pattern.IsMatch(t.Text)).ToDictionary(t => t.Field, t => t.Text, StringComparer.Ordinal);

    /// <summary>The settings with every placeholder filled in, in one pass: values are taken as they are, not searched again.</summary>
    /// <exception cref="KeyNotFoundException">The manager holds nothing under a key; the message is the key.</exception>
    public static ConnectionSettings Fill(ConnectionSettings settings, IReadOnlyDictionary<string, string> values)
    {
        return settings with
        {
            Host = Text(settings.Host),
            Username = Text(settings.Username),
            Password = Hidden(settings.Password),
            Passphrase = Hidden(settings.Passphrase),
            Uri = Text(settings.Uri),
            AccessKey = Text(settings.AccessKey),
            SecretKey = Hidden(settings.SecretKey),
            Catalog = Text(settings.Catalog),
            CatalogType = Text(settings.CatalogType),
            Parameters = settings.Parameters.ToDictionary(p => p.Key, p => Json(p.Value), StringComparer.Ordinal),
            SecretParameters = settings.SecretParameters.ToDictionary(p => p.Key, p => Hidden(p.Value)!, StringComparer.Ordinal),
        };

        string? Text(string? text) => text is null ? null : Pattern.Replace(text, match =>
            values.TryGetValue(match.Groups[1].Value.Trim(), out var value) ? value : throw new KeyNotFoundException(match.Groups[1].Value.Trim()));

        Secret? Hidden(Secret? secret) => secret is null ? null : new Secret(Text(secret.Reveal())!);

        JsonElement Json(JsonElement json) => json.ValueKind switch
        {
            JsonValueKind.String => JsonSerializer.SerializeToElement(Text(json.GetString())),
            JsonValueKind.Object => JsonSerializer.SerializeToElement(
                new JsonObject(json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, (JsonNode?)JsonSerializer.SerializeToNode(Json(p.Value)))))),
            JsonValueKind.Array => JsonSerializer.SerializeToElement(json.EnumerateArray().Select(Json).ToArray()),
            _ => json,
        };
    }

    private static IEnumerable<(string Field, string Text)> Texts(ConnectionSettings settings)
    {
        (string Field, string? Text)[] own =
        [
            ("host", settings.Host), ("username", settings.Username), ("password", settings.Password?.Reveal()), ("passphrase", settings.Passphrase?.Reveal()),
            ("uri", settings.Uri), ("access_key", settings.AccessKey), ("secret_key", settings.SecretKey?.Reveal()),
            ("catalog", settings.Catalog), ("catalog_type", settings.CatalogType),
        ];
        return own.Where(t => t.Text is not null).Select(t => (t.Field, t.Text!))
            .Concat(settings.Parameters.Select(p => (SecretFields.OfParameter(p.Key), string.Join('\n', Strings(p.Value)))))
            .Concat(settings.SecretParameters.Select(p => (SecretFields.OfParameter(p.Key), p.Value.Reveal())));
    }

    // As they are meant, not as they are spelled: JSON may write a brace as an escape.
    private static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Strings(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        _ => [],
    };
}
