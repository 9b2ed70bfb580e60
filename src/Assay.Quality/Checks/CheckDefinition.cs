namespace Assay.Quality.Checks;

/// <summary>A check as its author or inference wrote it.</summary>
public sealed record CheckDefinition
{
    /// <summary>Tells checks of one scan apart; part of fingerprints. 0 for one that is not stored yet.</summary>
    public long Id { get; init; }

    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>Names of fields; empty for rules that name none.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Share of the filtered rows that has to keep the rule, from 0 to 1; null for 1.</summary>
    public double? Coverage { get; init; }

    /// <summary>Spark SQL condition that picks the asserted rows; null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>The rule's properties.</summary>
    public CheckProperties Properties { get; init; } = CheckProperties.None;

    /// <summary>The field whose value replaces the generated message of a record anomaly; null for none.</summary>
    public string? MessageField { get; init; }

    /// <summary>Whether a row may break the rule without being an anomaly of its own.</summary>
    public bool IsShape => Coverage is < 1;
}
