using System.Diagnostics.CodeAnalysis;
using Assay.Engine.Secrets;
using Assay.Server.Connections.SecretsManagers;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;

namespace Assay.Server.Connections;

/// <summary>What can be said about a connection without reaching out, as 422s at the member in question.</summary>
internal static class ConnectionChecks
{
    /// <summary>The connector of a type as clients spell it, or the refusal that lists the types there are.</summary>
    public static bool TryFind(
        this ConnectorCatalogue connectors, string type, IReadOnlyList<object> loc, [NotNullWhen(true)] out IConnector? connector, [NotNullWhen(false)] out Failure? failure)
    {
        failure = null;
        if (connectors.TryFind(type.Trim().ToLowerInvariant(), out connector)) return true;
        var known = string.Join(", ", connectors.All.Select(c => $"'{c.Spec.Type}'"));
        failure = Failure.Invalid(new FieldError([.. loc, "type"], $"Unknown connection type '{type}'. Known types are {known}", "enum"));
        return false;
    }

    /// <summary>A mask where nothing is stored: there is nothing to keep.</summary>
    public static IEnumerable<FieldError> MasksWithoutSecret(SecretWrites writes, IReadOnlySet<string> stored, IReadOnlyList<object> loc) =>
        from field in writes.Masked
        where !stored.Contains(field)
        select At(loc, SecretFields.Loc(field), "This is the mask of a secret, and none is stored: send the secret itself");

    public static IEnumerable<FieldError> Problems(IConnector connector, Connection row, IReadOnlyDictionary<string, Secret> secrets, IReadOnlyList<object> loc)
    {
        var manager = SecretsManagerSettings.Read(row.SecretsManager);
        var settings = ConnectionMapping.ToSettings(row, secrets);
        // What a vault fills in cannot be judged before it has.
        var open = manager is null ? [] : Placeholders.FieldsIn(settings);
        foreach (var problem in connector.Validate(settings))
            if (!open.Contains(string.Join('.', problem.Field)))
                yield return At(loc, [.. problem.Field], problem.Message, problem.Kind);
        foreach (var name in settings.SecretParameters.Keys)
            if (!connector.Spec.Properties.Any(p => p.MapTo == "parameters" && p.Field == name))
                yield return At(loc, ["parameters", name], $"'{name}' is not a parameter of {connector.Spec.Type}", "extra_forbidden");
        if (manager is null) yield break;
        foreach (var (member, message) in SecretsManagerCheck.Problems(manager, secrets.GetValueOrDefault(SecretFields.CredentialsPayload)))
            yield return At(loc, ["secrets_manager", member], message);
    }

    private static FieldError At(IReadOnlyList<object> loc, object[] field, string message, string kind = "value_error") => new([.. loc, .. field], message, kind);
}
