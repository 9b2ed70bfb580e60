using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Bounds;

/// <summary>Asserts that the field lies between two numbers. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class Between() : RecordRule(new("between", "Asserts that the field lies between two numbers.")
{
    FieldTypes = Rules.FieldTypes.Numeric,
    Dimension = ScoreDimension.Precision,
    Weight = 2,
    InferenceLevel = 2,
    Elements = true,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties =
    [
        new("min", PropertyType.Number, "Min") { Info = "The lower bound." },
        new("inclusive_min", PropertyType.Boolean, "Inclusive Min") { Info = "Whether the lower bound itself keeps the rule." },
        new("max", PropertyType.Number, "Max") { Info = "The upper bound." },
        new("inclusive_max", PropertyType.Boolean, "Inclusive Max") { Info = "Whether the upper bound itself keeps the rule." },
    ],
})
{
    internal override string Broken(RowScope row)
    {
        var (v, p) = (row.Value, row.Properties);
        var above = p.Flag("inclusive_min", true) ? ">=" : ">";
        var below = p.Flag("inclusive_max", true) ? "<=" : "<";
        return $"NOT ({v.Number} {above} {v.Constant(p.Number("min")!.Value)} AND {v.Number} {below} {v.Constant(p.Number("max")!.Value)})";
    }

    private protected override bool KeepsInterval(RowScope row) => true;

    internal override Tail Tail(CheckScope check) =>
        Scanning.Tail.Being($"not between {Share.Bound(check.Properties.Number("min"))} and {Share.Bound(check.Properties.Number("max"))}");

    internal override IEnumerable<CheckFault> Review(CheckReview check)
    {
        if (check.Properties.Number("min") > check.Properties.Number("max"))
            yield return CheckFault.Property("min", "must not be greater than max");
    }
}
