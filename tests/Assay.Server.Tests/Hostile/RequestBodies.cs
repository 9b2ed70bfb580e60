using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using Assay.Engine.Secrets;
using Assay.Server.Web.Requests;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Tests.Hostile;

/// <summary>Reads from a route's handler what it binds, and makes plausible requests of it.</summary>
internal sealed class RequestBodies(IReadOnlyDictionary<string, JsonNode> known)
{
    /// <summary>The record of the handler's body, or null where it takes none; <paramref name="isList"/> where it takes a list of them.</summary>
    public static Type? BodyOf(RouteEndpoint route, out bool isList)
    {
        var type = Bound(route, typeof(Body<>)) ?? Bound(route, typeof(OptionalBody<>));
        isList = type is { IsGenericType: true };
        return isList ? type!.GetGenericArguments()[0] : type;
    }

    public static Type? QueryOf(RouteEndpoint route) => Bound(route, typeof(Query<>));

    /// <summary>A body that the route could accept: every required member, and the members whose values the test knows.</summary>
    public JsonObject Plausible(Type record, int depth = 0)
    {
        var body = new JsonObject();
        foreach (var member in RequestShape.Of(record).Members)
            if (known.TryGetValue(member.Name, out var value) && member.OneOf?.Values.Contains(value.ToString()) != false) body[member.Name] = value.DeepClone();
            else if (member.Required && depth < 4) body[member.Name] = Plausible(member, depth);
        return body;
    }

    private JsonNode Plausible(RequestShape.Member member, int depth)
    {
        var type = member.Type;
        if (typeof(JsonRequest).IsAssignableFrom(type)) return Plausible(type, depth + 1);
        if (typeof(IDictionary).IsAssignableFrom(type) || type.Name.StartsWith("IReadOnlyDictionary", StringComparison.Ordinal)) return new JsonObject();
        if (type.IsGenericType) return new JsonArray();
        if (type == typeof(bool)) return false;
        if (type == typeof(string) || type == typeof(Secret)) return member.OneOf?.Values[0] ?? $"plausible {Guid.NewGuid():N}";
        return Convert.ToInt64(member.Range?.Minimum ?? 1, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Type? Bound(RouteEndpoint route, Type generic) => route.Metadata.GetMetadata<MethodInfo>()?.GetParameters()
        .Select(p => p.ParameterType).Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == generic)
        .Select(t => (Type)t.GetProperty(nameof(IBound.RequestType), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!).FirstOrDefault();
}
