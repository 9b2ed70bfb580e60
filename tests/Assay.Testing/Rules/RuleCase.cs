namespace Assay.Testing.Rules;

/// <summary>What a rule says about a few rows, written from the rule's definition and not from what Assay does.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Columns">The columns that it is tried on; <c>$0</c>, <c>$1</c> in properties stand for their names.</param>
/// <param name="Properties">The properties as a JSON object; null for none.</param>
/// <param name="Broken">For rules on records: the rows that break it, from 1; null for rules on all rows together.</param>
/// <param name="Passes">For rules on all rows together: whether it holds.</param>
public sealed record RuleCase(string Rule, IReadOnlyList<RuleColumn> Columns, string? Properties, IReadOnlyList<int>? Broken, bool Passes)
{
    /// <summary>How many of the columns are the check's fields; the others are only referred to.</summary>
    public int Fields { get; init; } = 1;

    public int Rows => Columns[0].Values.Count;

    /// <summary>The properties with the columns' real names.</summary>
    public string? PropertiesOn(Func<int, string> name) =>
        Properties is null ? null : Enumerable.Range(0, Columns.Count).Aggregate(Properties, (text, i) => text.Replace($"${i}", name(i), StringComparison.Ordinal));

    public override string ToString() => $"{Rule} {Properties} on {string.Join("; ", Columns.Select(c => string.Join(", ", c.Values.Select(v => v ?? "NULL"))))}";
}

/// <summary>A column of a case.</summary>
/// <param name="Values">As text: numbers with a point, days and times in ISO 8601 (UTC), true and false; null for NULL.</param>
public sealed record RuleColumn(ColumnKind Kind, IReadOnlyList<string?> Values);

/// <summary>What a column holds, whatever the source calls that.</summary>
public enum ColumnKind
{
    Integral,
    Fractional,
    Text,
    Day,
    Time,
    Flag,
}
