using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;

namespace Assay.Server.Connections;

/// <summary>
/// What a request does to each secret of a connection, decided here for every way in: a member that is absent or masked keeps the
/// stored secret, null (or an empty text) clears it, anything else replaces it.
/// </summary>
internal sealed class SecretWrites
{
    private readonly Dictionary<string, Secret?> sent = new(StringComparer.Ordinal);
    private readonly List<string> masked = [];

    /// <summary>The secrets that were sent, by field: null clears, a value replaces. What is missing here is kept.</summary>
    public IReadOnlyDictionary<string, Secret?> Sent => sent;

    /// <summary>The fields where a mask came back: kept, so there must be something to keep.</summary>
    public IReadOnlyList<string> Masked => masked;

    public static SecretWrites Of(ConnectionFields request, ConnectorSpec spec)
    {
        var writes = new SecretWrites();
        if (request.Sent(nameof(request.Password))) writes.Take(SecretFields.Password, request.Password);
        if (request.Sent(nameof(request.Passphrase))) writes.Take(SecretFields.Passphrase, request.Passphrase);
        if (request.Sent(nameof(request.SecretKey))) writes.Take(SecretFields.SecretKey, request.SecretKey);
        writes.TakeParameters(request, spec);
        if (!request.Sent(nameof(request.SecretsManager))) return writes;
        if (request.SecretsManager is not { } manager) writes.Take(SecretFields.CredentialsPayload, null);
        else if (manager.Sent(nameof(manager.CredentialsPayload))) writes.Take(SecretFields.CredentialsPayload, manager.CredentialsPayload);
        return writes;
    }

    private void TakeParameters(ConnectionFields request, ConnectorSpec spec)
    {
        foreach (var (name, value) in ConnectionParameters.SentIn(request, spec))
            if (SecretFields.IsSecretParameter(spec, name)) Take(SecretFields.OfParameter(name), Text(value) is { } text ? new Secret(text) : null);
    }

    private void Take(string field, Secret? secret)
    {
        if (secret is { IsMask: true }) masked.Add(field);
        else sent[field] = secret is null || secret.Reveal().Length == 0 ? null : secret;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
