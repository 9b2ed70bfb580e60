using System.Text.Json;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>What JSON values in one place look like, as far as they were seen. What is now an object and now something else is text.</summary>
internal sealed class JsonShape
{
    private const int MostDepth = 16;

    private readonly List<string> order = [];
    private readonly Dictionary<string, JsonShape> members = new(StringComparer.Ordinal);
    private bool hasScalars, hasArrays, hasObjects;
    private JsonShape? elements;

    /// <summary>What the elements of arrays look like.</summary>
    public JsonShape Elements => elements ??= new JsonShape();

    /// <summary>Members of all objects, those of objects in objects too.</summary>
    public int Members => members.Count + members.Values.Sum(m => m.Members) + (elements?.Members ?? 0);

    /// <summary>Whether there are objects with members, in arrays too, and nothing but objects.</summary>
    public bool HasObjects => IsObject || IsArray && Elements.HasObjects;

    /// <summary>The engine's type for such values. Whatever is no object and no array is text, whose type is found out later.</summary>
    public string EngineType => TypeAt(0);

    private bool IsObject => hasObjects && members.Count > 0 && !hasScalars && !hasArrays;
    private bool IsArray => hasArrays && !hasScalars && !hasObjects;

    public void AddArray() => hasArrays = true;

    /// <summary>Counts a text that is no JSON.</summary>
    public void AddText() => hasScalars = true;

    public void Add(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.Object:
                hasObjects = true;
                foreach (var member in value.EnumerateObject()) Member(member.Name)?.Add(member.Value);
                break;
            case JsonValueKind.Array:
                AddArray();
                foreach (var element in value.EnumerateArray()) Elements.Add(element);
                break;
            default:
                hasScalars = true;
                break;
        }
    }

    /// <summary>A member without a name cannot be told of.</summary>
    private JsonShape? Member(string name)
    {
        if (name.Length == 0 || members.TryGetValue(name, out var found)) return members.GetValueOrDefault(name);
        order.Add(name);
        return members[name] = new JsonShape();
    }

    private string TypeAt(int depth)
    {
        if (depth < MostDepth && IsObject) return $"Tuple({string.Join(", ", order.Select(name => $"{EngineName.Quote(name)} {members[name].TypeAt(depth + 1)}"))})";
        return depth < MostDepth && IsArray ? $"Array({Elements.TypeAt(depth + 1)})" : "Nullable(String)";
    }
}
