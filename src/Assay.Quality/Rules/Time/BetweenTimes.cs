using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Time;

/// <summary>Asserts that the field lies between two moments, both included. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class BetweenTimes() : RecordRule(new("betweenTimes", "Asserts that the field lies between two moments, both included.")
{
    FieldTypes = Rules.FieldTypes.Times,
    Dimension = ScoreDimension.Precision,
    Weight = 2,
    InferenceLevel = 2,
    Elements = true,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties =
    [
        new("min_time", PropertyType.DateTime, "Min Date") { Info = "The earliest moment allowed.", Placeholder = "2024-01-01T00:00:00Z" },
        new("max_time", PropertyType.DateTime, "Max Date") { Info = "The latest moment allowed.", Placeholder = "2024-12-31T00:00:00Z" },
    ],
})
{
    internal override string Broken(RowScope row) =>
        $"NOT ({row.Value.Time} BETWEEN {SqlValue.Constant(row.Properties.Time("min_time")!.Value)} AND {SqlValue.Constant(row.Properties.Time("max_time")!.Value)})";

    private protected override bool KeepsInterval(RowScope row) => true;

    internal override Tail Tail(CheckScope check) =>
        Scanning.Tail.Being($"not between {Share.Time(check.Properties.Time("min_time"))} and {Share.Time(check.Properties.Time("max_time"))}");

    internal override IEnumerable<CheckFault> Review(CheckReview check)
    {
        if (check.Properties.Time("min_time") > check.Properties.Time("max_time"))
            yield return CheckFault.Property("min_time", "must not be later than max_time");
    }
}
