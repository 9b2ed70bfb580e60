using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Server.Connections.SecretsManagers;
using Assay.Sources.Contract;

namespace Assay.Server.Connections;

/// <summary>Where a connection's secrets are sent, and as whom. What is spelled differently but means the same is not a change.</summary>
internal static class ConnectionEndpoint
{
    private static readonly Dictionary<string, Secret> None = [];

    public static bool SameHost(string? one, string? other) =>
        string.Equals(one?.TrimEnd('.'), other?.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);

    public static bool SamePort(long? one, long? other, ConnectorSpec spec) => (one ?? spec.DefaultPort) == (other ?? spec.DefaultPort);

    /// <summary>Whether both reach the source in the same way, as far as that does not depend on secrets.</summary>
    public static bool ReachesAlike(Connection one, Connection other) =>
        one.Host == other.Host && one.Port == other.Port && one.Username == other.Username && one.Uri == other.Uri && one.AccessKey == other.AccessKey
        && one.Catalog == other.Catalog && one.CatalogType == other.CatalogType && ConnectionParameters.Same(one.Parameters, other.Parameters)
        && one.SecretsManager == other.SecretsManager;

    /// <summary>The members by which <paramref name="after"/> would send secrets elsewhere, or sign in as someone else.</summary>
    public static IReadOnlyList<string> Changes(Connection before, Connection after, ConnectorSpec spec)
    {
        var changes = new List<string>();
        if (!SameHost(before.Host, after.Host)) changes.Add("host");
        if (!SamePort(before.Port, after.Port, spec)) changes.Add("port");
        if (before.Username != after.Username) changes.Add("username");
        if (before.Uri != after.Uri) changes.Add("uri");
        if (before.AccessKey != after.AccessKey) changes.Add("access_key");
        var (old, now) = (ConnectionParameters.Read(before.Parameters), ConnectionParameters.Read(after.Parameters));
        foreach (var name in spec.Properties.Where(p => p.Endpoint && p.MapTo == "parameters").Select(p => p.Field))
            if (old.TryGetValue(name, out var was) != now.TryGetValue(name, out var becomes) || (old.ContainsKey(name) && !JsonElement.DeepEquals(was, becomes)))
                changes.Add(SecretFields.OfParameter(name));
        return changes;
    }

    /// <summary>The members by which the secrets manager's credentials, or what they open, would go elsewhere.</summary>
    public static IEnumerable<string> VaultChanges(Connection before, Connection after)
    {
        if (SecretsManagerSettings.Read(before.SecretsManager) is not { } old || SecretsManagerSettings.Read(after.SecretsManager) is not { } now) yield break;
        if (old.LoginUrl != now.LoginUrl) yield return "secrets_manager.login_url";
        if (old.SecretUrl != now.SecretUrl) yield return "secrets_manager.secret_url";
        if (old.TokenHeaderName != now.TokenHeaderName) yield return "secrets_manager.token_header_name";
        if (old.TokenJsonpath != now.TokenJsonpath) yield return "secrets_manager.token_jsonpath";
        if (old.DataJsonpath != now.DataJsonpath) yield return "secrets_manager.data_jsonpath";
        // A placeholder in a member that is shown, or that the source shows, would spell out what the vault holds.
        var known = Placeholders.TextsIn(ConnectionMapping.ToSettings(before, None));
        foreach (var (field, text) in Placeholders.TextsIn(ConnectionMapping.ToSettings(after, None)))
            if (known.GetValueOrDefault(field) != text) yield return field;
    }
}
