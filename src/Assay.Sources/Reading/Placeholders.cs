using Assay.Engine;

namespace Assay.Sources.Reading;

/// <summary>
/// Collects the values of a source's part of a statement. The names are unique, so that several sources go into one statement.
/// </summary>
internal sealed class Placeholders
{
    private readonly string prefix = $"src_{Guid.NewGuid():n}_";
    private readonly List<Func<EngineQuery, EngineQuery>> steps = [];

    /// <summary>A placeholder for a value.</summary>
    /// <param name="type">The engine's type, such as <c>String</c> or <c>Array(String)</c>.</param>
    public string Value(object? value, string type = "String")
    {
        var name = prefix + steps.Count;
        steps.Add(query => query.With(name, value));
        return $"{{{name}:{type}}}";
    }

    /// <summary>A placeholder for a secret; it has to be a whole argument of a table function.</summary>
    public string Secret(string value)
    {
        var name = prefix + steps.Count;
        steps.Add(query => query.WithSecret(name, value));
        return $"{{{name}:String}}";
    }

    public EngineQuery Bind(EngineQuery query) => steps.Aggregate(query, (bound, step) => step(bound));
}
