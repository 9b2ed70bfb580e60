namespace Assay.Quality.Rules;

/// <summary>One property of a rule: enough to draw a form for it and to refuse what does not fit.</summary>
/// <param name="Name">The member of <c>properties</c>.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Title">What a form calls it.</param>
public sealed record PropertySpec(string Name, PropertyType Type, string Title)
{
    /// <summary>Whether a check without it is refused.</summary>
    public bool Required { get; init; } = true;

    /// <summary>What it means, in a sentence.</summary>
    public string? Info { get; init; }

    /// <summary>An example of a value.</summary>
    public string? Placeholder { get; init; }

    /// <summary>What holds where the property is absent; null for nothing.</summary>
    public object? Default { get; init; }

    /// <summary>The values it may have; empty for any of its type.</summary>
    public IReadOnlyList<PropertyChoice> Choices { get; init; } = [];

    /// <summary>The smallest number allowed, or null.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The largest number allowed, or null.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Whether a number has to be whole.</summary>
    public bool Whole { get; init; }

    /// <summary>Whether a text is a regular expression.</summary>
    public bool Pattern { get; init; }

    /// <summary>Types of the fields that it may name, or for which it is shown; empty for all.</summary>
    public IReadOnlyList<FieldType> FieldTypes { get; init; } = [];

    /// <summary>The properties of which at least one has to be there, this one included; empty where <see cref="Required"/> says it all.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];
}
