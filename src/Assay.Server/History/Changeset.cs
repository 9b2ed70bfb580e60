using System.Text.Json.Nodes;

namespace Assay.Server.History;

/// <summary>Builds the <c>{member: [old, new]}</c> of a change; what stayed the same is left out.</summary>
internal sealed class Changeset
{
    public JsonObject Json { get; } = [];

    public bool IsEmpty => Json.Count == 0;

    public Changeset Add<T>(string member, T? before, T? after)
    {
        if (!EqualityComparer<T>.Default.Equals(before, after)) Json[member] = new JsonArray(Node(before), Node(after));
        return this;
    }

    /// <summary>A list that changed: what left it and what joined it, since whole lists can be long.</summary>
    public Changeset AddList(string member, IReadOnlyCollection<long> left, IReadOnlyCollection<long> joined)
    {
        if (left.Count + joined.Count > 0) Json[member] = new JsonArray(List(left), List(joined));
        return this;
    }

    private static JsonNode? Node<T>(T? value) => value is Enum name ? JsonValue.Create(name.ToString()) : JsonValue.Create(value);

    private static JsonArray List(IEnumerable<long> ids) => [.. ids.Order().Select(id => JsonValue.Create(id))];
}
