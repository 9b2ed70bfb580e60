using Assay.Quality.Expressions;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Expressions;

/// <summary>Asserts that the field lies within a tolerance of what an expression predicts. NULL on either side passes: there is nothing to compare.</summary>
internal sealed class PredictedBy() : RecordRule(new("predictedBy", "Asserts that the field lies within a tolerance of what an expression predicts.")
{
    FieldTypes = Rules.FieldTypes.Ordered,
    Dimension = ScoreDimension.Precision,
    Weight = 3,
    InferenceLevel = 4,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "NULL in the field or the prediction passes: there is nothing to compare.",
    Properties =
    [
        new("expression", PropertyType.SparkSql, "Expression") { Info = "The prediction: a Spark SQL expression.", Placeholder = "0.19 * net" },
        new("tolerance", PropertyType.Number, "Tolerance") { Minimum = 0, Info = "How far the value may lie from it; for times in milliseconds." },
    ],
})
{
    internal override string Broken(RowScope row)
    {
        var predicted = row.Expression(row.Properties.Text("expression")!);
        var tolerance = row.Properties.Number("tolerance")!.Value;
        return row.Value.IsTime && predicted.Type.Kind is SqlKind.Date or SqlKind.Timestamp
            ? "NOT " + new Comparators(null, true, (long)tolerance, false).EqualTimes(row.Value.Time, predicted.Time)
            : "NOT " + new Comparators(tolerance, true, null, false).EqualNumbers(
                row.Value.IsTime ? $"toUnixTimestamp64Milli({row.Value.Time})" : row.Value.Number, predicted.Number);
    }

    internal override Tail Tail(CheckScope check) =>
        Scanning.Tail.Being($"not within the predicted range defined by {check.Properties.Text("expression")} +/- {Share.Bound(check.Properties.Number("tolerance"))}");
}
