using Assay.Engine.Secrets;
using Assay.Server.Connections.SecretsManagers;
using Assay.Sources.Contract;

namespace Assay.Server.Connections;

/// <summary>From what a client sent to what is stored, and from what is stored to what a connector takes. Secrets go their own way.</summary>
internal static class ConnectionMapping
{
    /// <summary>Puts the members that were sent, and only those, onto the connection.</summary>
    public static void Apply(ConnectionFields request, ConnectorSpec spec, Connection row)
    {
        if (request.Sent(nameof(request.Host))) row.Host = Trim(request.Host);
        if (request.Sent(nameof(request.Port))) row.Port = request.Port;
        if (request.Sent(nameof(request.Username))) row.Username = EmptyToNull(request.Username);
        if (request.Sent(nameof(request.Uri))) row.Uri = Trim(request.Uri);
        if (request.Sent(nameof(request.AccessKey))) row.AccessKey = Trim(request.AccessKey);
        if (request.Sent(nameof(request.Catalog))) row.Catalog = EmptyToNull(request.Catalog);
        if (request.Sent(nameof(request.CatalogType))) row.CatalogType = EmptyToNull(request.CatalogType);
        if (request.Sent(nameof(request.JdbcFetchSize))) row.JdbcFetchSize = request.JdbcFetchSize;
        if (request.Sent(nameof(request.MaxParallelization))) row.MaxParallelization = request.MaxParallelization;
        if (request.Sent(nameof(request.SecretsManager)))
            row.SecretsManager = request.SecretsManager is { } manager ? SecretsManagerSettings.From(manager).ToJson() : null;
        row.Parameters = ConnectionParameters.After(request, spec, row.Parameters);
    }

    /// <param name="secrets">The connection's secrets by field; the secrets manager's own is not among what a connector takes.</param>
    public static ConnectionSettings ToSettings(Connection row, IReadOnlyDictionary<string, Secret> secrets) => new()
    {
        Type = row.Type,
        Host = row.Host,
        Port = (int?)row.Port,
        Username = row.Username,
        Password = secrets.GetValueOrDefault(SecretFields.Password),
        Passphrase = secrets.GetValueOrDefault(SecretFields.Passphrase),
        Uri = row.Uri,
        AccessKey = row.AccessKey,
        SecretKey = secrets.GetValueOrDefault(SecretFields.SecretKey),
        Catalog = row.Catalog,
        CatalogType = row.CatalogType,
        Parameters = ConnectionParameters.Read(row.Parameters),
        SecretParameters = secrets.Where(s => SecretFields.ParameterOf(s.Key) is not null)
            .ToDictionary(s => SecretFields.ParameterOf(s.Key)!, s => s.Value, StringComparer.Ordinal),
        FetchSize = (int?)row.JdbcFetchSize,
        MaxParallelization = (int?)row.MaxParallelization,
    };

    private static string? EmptyToNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
