using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Time;

/// <summary>Asserts how many rows lie in each interval of time, from the first that occurs to the last, empty ones between them included. Rows with NULL are left out.</summary>
internal sealed class TimeDistributionSize() : AggregateRule(new(
    "timeDistributionSize", "Asserts that the number of records in each interval of time lies between two counts.")
{
    FieldTypes = Rules.FieldTypes.Times,
    Anomaly = AnomalyKind.Shape,
    Dimension = ScoreDimension.Timeliness,
    Weight = 3,
    InferenceLevel = 3,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "Rows with NULL lie in no interval and are left out.",
    Properties =
    [
        new("interval_name", PropertyType.Enum, "Interval") { Choices = TimeIntervals.Choices, Info = "How long an interval is." },
        new("min_size", PropertyType.Number, "Min Size") { Whole = true, Minimum = 0, Info = "The fewest records an interval may hold." },
        new("max_size", PropertyType.Number, "Max Size") { Whole = true, Minimum = 0, Info = "The most records an interval may hold." },
    ],
})
{
    internal override IReadOnlyList<string> Figures(RowScope row)
    {
        var number = TimeIntervals.Number(row.Properties, row.Value.Time);
        return [row.Aggregate("sumMap", $"if({row.Value.IsNull}, map(), map(assumeNotNull({number}), toUInt64(1)))")];
    }

    internal override Verdict Judge(CheckScope check, long asserted, IReadOnlyList<object?> figures)
    {
        var sizes = ((IEnumerable<KeyValuePair<object, object?>>)figures[0]!)
            .ToDictionary(p => System.Convert.ToInt64(p.Key, null), p => System.Convert.ToDecimal(p.Value, null));
        if (sizes.Count == 0) return Verdict.Pass with { Asserted = asserted, Anomalous = 0 };
        var (least, most) = (check.Properties.Number("min_size") ?? 0, check.Properties.Number("max_size") ?? decimal.MaxValue);
        var segments = sizes.Keys.Max() - sizes.Keys.Min() + 1;
        // Only intervals with rows are listed; the gaps between them hold none.
        var wrong = sizes.Values.LongCount(n => n < least || n > most) + (least > 0 ? segments - sizes.Count : 0);
        var interval = TimeIntervals.Of(check.Properties).Label.ToLowerInvariant();
        var passed = segments - wrong >= (decimal)(check.Check.Coverage ?? 1) * segments;
        return Verdict.Of(passed, () => $"{Share.Text(wrong, segments)} of the {interval} segments of {check.FieldList} have record counts not between {Share.Plain(least)} and {Share.Plain(most)}")
            with
        { Asserted = asserted, Anomalous = null };
    }

    internal override IEnumerable<CheckFault> Review(CheckReview check)
    {
        if (check.Properties.Number("min_size") > check.Properties.Number("max_size"))
            yield return CheckFault.Property("min_size", "must not be greater than max_size");
    }
}
