using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Relations;

/// <summary>
/// Compares records with those of another container. Without row identifiers the two multisets of records have to be equal; with them,
/// records are joined by them and every other field is compared by the comparators.
/// </summary>
internal abstract class DiffRule(RuleSpec spec) : StatementRule(spec)
{
    public static IReadOnlyList<PropertySpec> Options { get; } =
    [
        Props.ReferenceDatastore, Props.ReferenceContainer, Props.ReferenceFilter,
        new("id_field_names", PropertyType.Fields, "Row Identifiers") { Required = false, Info = "The fields that tell records apart." },
        new("passthrough_field_names", PropertyType.Fields, "Passthrough Fields") { Required = false, Info = "Fields that are shown and not compared." },
        Comparators.Numeric, Comparators.Duration, Comparators.Text,
    ];

    internal override async Task<Verdict> RunAsync(StatementScope scope, CancellationToken cancellation)
    {
        var row = scope.Row;
        if (row.Reference is not { } reference) return Verdict.NotAsserted("The referenced container could not be read.");
        if (row.Check.Check.Fields.FirstOrDefault(f => !reference.Has(f)) is { } missing)
            return Verdict.NotAsserted($"The referenced container has no field {missing}.");
        var difference = new Difference(row, reference);
        var counts = await scope.RowAsync($"SELECT ({difference.Count}), (SELECT count() FROM {row.Rows.From} WHERE {row.Filter}), (SELECT count() FROM {difference.ReferenceRows})", cancellation);
        var (differing, own, theirs) = (Number(counts[0]), Number(counts[1]), Number(counts[2]));
        return Verdict.Of(differing == 0, () =>
            $"There are {differing} records that differ between `{row.Check.Container}` ({own} records) and `{reference.Relation.Name}` ({theirs} records)"
            + (reference.Relation.Datastore is { } store ? $" in `{store}`" : "")) with
        {
            Asserted = own,
            Anomalous = differing,
            EvidenceStatement = difference.Records,
        };
    }

    internal override IEnumerable<CheckFault> Review(CheckReview check)
    {
        foreach (var name in check.Properties.List("id_field_names").Where(n => check.Container.Count > 0 && check.Container.All(f => f.Name != n)))
            yield return CheckFault.Property("id_field_names", $"names '{name}', which is not a field of the container");
    }

    private static long Number(object? value) => value is null ? 0 : Convert.ToInt64(value, null);
}
