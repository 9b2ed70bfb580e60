using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Presence;

/// <summary>
/// Asserts that no value, or combination of values, occurs twice. Rows with NULL in any of the fields are left out: what is not known is not known
/// to be the same. A failed check counts the surplus rows: three equal ones are two too many.
/// </summary>
internal sealed class Unique() : StatementRule(new("unique", "Asserts that every value, or combination of values, of the selected fields occurs once.")
{
    Fields = FieldScope.Multi,
    FieldTypes = Rules.FieldTypes.Any,
    Anomaly = AnomalyKind.Shape,
    Weight = 2,
    InferenceLevel = 2,
    Inferred = InferredParts.Description,
    Nulls = "Rows with NULL in any of the fields are left out.",
})
{
    internal override async Task<Verdict> RunAsync(StatementScope scope, CancellationToken cancellation)
    {
        var row = scope.Row;
        var keys = row.Values.Select(v => v.Declared == FieldType.Unknown ? v.Text : v.Sql).ToList();
        var present = string.Join(" AND ", row.Values.Select(v => v.IsNotNull).Prepend(row.Filter));
        // Grouping can go to disk, which a set of distinct values inside the one big pass could not.
        var counted = await scope.RowAsync(
            $"SELECT sum(n), sum(n - 1) FROM (SELECT count() AS n FROM {row.Rows.From} WHERE {present} GROUP BY {string.Join(", ", keys)})", cancellation);
        var asserted = Math.Max(scope.Asserted, System.Convert.ToInt64(counted[0], null));
        var surplus = System.Convert.ToInt64(counted[1], null);
        var passed = surplus == 0 || asserted - surplus >= (decimal)(row.Check.Check.Coverage ?? 1) * asserted;
        return Verdict.Of(passed, () => $"In {row.Check.FieldList}, {Share.Text(surplus, asserted)} of {asserted} filtered records ({surplus}) are not unique") with
        {
            Asserted = asserted,
            Anomalous = surplus,
            Evidence = $"({present}) AND ({string.Join(", ", keys)}) IN "
                + $"(SELECT {string.Join(", ", keys)} FROM {row.Rows.From} WHERE {present} GROUP BY {string.Join(", ", keys)} HAVING count() > 1)",
        };
    }
}
