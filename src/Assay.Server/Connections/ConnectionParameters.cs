using System.Text.Json;
using Assay.Sources.Contract;

namespace Assay.Server.Connections;

/// <summary>The free-form settings of a connection: what a request says about them, and their stored form without the secret ones.</summary>
internal static class ConnectionParameters
{
    /// <summary>The nested object in which some clients describe how to sign in; its <c>type</c> is what connectors call the authentication type.</summary>
    private const string Authentication = "authentication";

    /// <summary>
    /// The parameters that a request carries: its <c>parameters</c>, and beside them what some clients put at the top level or into
    /// <c>authentication</c> although the connector's specification knows it as a parameter.
    /// </summary>
    public static Dictionary<string, JsonElement> SentIn(ConnectionFields request, ConnectorSpec spec)
    {
        var found = Astray(request, spec);
        foreach (var (name, value) in request.Parameters ?? new Dictionary<string, JsonElement>()) found[name] = value;
        return found;
    }

    /// <summary>The stored form after a request: <c>parameters</c> replaces what was there, strays are added to it.</summary>
    public static string After(ConnectionFields request, ConnectorSpec spec, string stored)
    {
        var plain = request.Sent(nameof(request.Parameters)) ? [] : Read(stored);
        foreach (var (name, value) in SentIn(request, spec))
            if (SecretFields.IsSecretParameter(spec, name) || value.ValueKind == JsonValueKind.Null) plain.Remove(name);
            else plain[name] = value;
        return JsonSerializer.Serialize(plain, Web.Json.Options);
    }

    public static bool Same(string one, string other) =>
        JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(one), JsonSerializer.Deserialize<JsonElement>(other));

    public static Dictionary<string, JsonElement> Read(string stored) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(stored)!;

    private static Dictionary<string, JsonElement> Astray(ConnectionFields request, ConnectorSpec spec)
    {
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var known = spec.Properties.Where(p => p.MapTo == "parameters").Select(p => p.Field).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in request.Unknown)
        {
            if (known.Contains(name)) found[name] = value;
            if (name != Authentication || value.ValueKind != JsonValueKind.Object) continue;
            foreach (var field in known)
                if (value.TryGetProperty(field == "authentication_type" ? "type" : field, out var member)) found[field] = member;
        }
        return found;
    }
}
