using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Container;

/// <summary>
/// Asserts that at least a number of records is loaded from each partition.
/// NULLs play no part.
/// </summary>
internal sealed class MinPartitionSize() : AggregateRule(new("minPartitionSize", "Asserts that at least a number of records is loaded from each partition.")
{
    Fields = FieldScope.None,
    Filterable = false,
    Anomaly = AnomalyKind.Shape,
    Dimension = ScoreDimension.Volumetrics,
    Weight = 2,
    Nulls = "Records count whatever they hold.",
    Properties = [Props.Count("The fewest records allowed.")],
})
{
    internal override IReadOnlyList<string> Figures(RowScope row) => [PartitionSizes.Figure(row)];

    internal override Verdict Judge(CheckScope check, long asserted, IReadOnlyList<object?> figures)
    {
        var limit = check.Properties.Number("value")!.Value;
        return PartitionSizes.Judge(check, asserted, figures[0], size => size >= limit, size => $"In container {check.Container}, fewer than {Share.Plain(limit)} records were loaded: {size}");
    }
}
