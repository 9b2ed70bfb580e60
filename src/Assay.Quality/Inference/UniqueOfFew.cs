using Assay.Quality.Rules;
using Assay.Quality.Rules.Presence;
using Assay.Quality.Scanning;

namespace Assay.Quality.Inference;

/// <summary>The rule <see cref="Unique"/> for few rows: their different values fit into memory, so that they are counted with all else in one pass.</summary>
internal sealed class UniqueOfFew() : AggregateRule(RuleCatalogue.Find("unique")!.Spec)
{
    public static UniqueOfFew Rule { get; } = new();

    internal override IReadOnlyList<string> Figures(RowScope row)
    {
        var present = string.Join(" AND ", row.Values.Select(v => v.IsNotNull).Prepend(row.Filter));
        var key = row.Values is [var one] ? one.Declared == FieldType.Unknown ? one.Text : one.Sql : $"sipHash128({string.Join(", ", row.Values.Select(v => v.SureText))})";
        return [$"countIf({present})", $"uniqExactIf({key}, {present})"];
    }

    internal override Verdict Judge(CheckScope check, long asserted, IReadOnlyList<object?> figures)
    {
        var surplus = Convert.ToInt64(figures[0], null) - Convert.ToInt64(figures[1], null);
        return Verdict.Of(surplus == 0, () => $"{surplus} are not unique") with { Asserted = asserted, Anomalous = surplus };
    }
}
