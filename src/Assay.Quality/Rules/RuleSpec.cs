namespace Assay.Quality.Rules;

/// <summary>What is to be known about a rule without running it: the source of <c>/api/quality-checks/specifications/rules</c>.</summary>
/// <param name="Name">The contract's name, for example <c>notNull</c>.</param>
/// <param name="Description">What it asserts, in a sentence.</param>
public sealed record RuleSpec(string Name, string Description)
{
    /// <summary>How many fields a check names.</summary>
    public FieldScope Fields { get; init; } = FieldScope.Single;

    /// <summary>Types of fields that it accepts; empty where it names none.</summary>
    public IReadOnlyList<FieldType> FieldTypes { get; init; } = [];

    /// <summary>Whether a check may have a filter.</summary>
    public bool Filterable { get; init; } = true;

    /// <summary>Whether a check may have a coverage other than 1.</summary>
    public bool SupportsCoverage { get; init; } = true;

    /// <summary>What a failed check gives at coverage 1 and few failures.</summary>
    public AnomalyKind Anomaly { get; init; } = AnomalyKind.Record;

    /// <summary>Where its anomalies count besides accuracy.</summary>
    public ScoreDimension Dimension { get; init; } = ScoreDimension.Accuracy;

    /// <summary>Which scans assert it.</summary>
    public CheckCategory Category { get; init; } = CheckCategory.DataIntegrity;

    /// <summary>What the rule adds to its checks' weight.</summary>
    public int Weight { get; init; }

    /// <summary>Lowest inference level that may make such checks; null where they are only written by people.</summary>
    public int? InferenceLevel { get; init; }

    /// <summary>What inference finds out by itself about such checks.</summary>
    public InferredParts Inferred { get; init; }

    /// <summary>Whether it is kept only for checks that exist.</summary>
    public bool Deprecated { get; init; }

    /// <summary>Whether a person can write such checks.</summary>
    public bool Author { get; init; } = true;

    /// <summary>Whether Assay can assert it; where not, its checks are reported as not asserted.</summary>
    public bool Executable { get; init; } = true;

    /// <summary>Whether it may look at the elements of an array instead of the array (<c>is_element_context</c>).</summary>
    public bool Elements { get; init; }

    /// <summary>What NULL does, in a sentence.</summary>
    public required string Nulls { get; init; }

    /// <summary>Its properties, in the order of a form.</summary>
    public IReadOnlyList<PropertySpec> Properties { get; init; } = [];
}
