using Assay.Quality.Checks;
using Assay.Quality.Rules.Relations.Entities;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Relations;

/// <summary>
/// Asserts that all records of one entity carry the same value in another field. Names are taken for one entity when they are equal up to
/// case and punctuation, one is part of the other, they sound alike, or are spelled alike. Records with NULL as name belong to no entity;
/// NULL in the distinct field is no value.
/// </summary>
internal sealed class EntityResolution() : PreparedRule(new(
    "entityResolution", "Asserts that all records of one entity, recognised by similar names, have the same value in another field.")
{
    FieldTypes = Rules.FieldTypes.Text,
    SupportsCoverage = false,
    Dimension = ScoreDimension.Conformity,
    Weight = 3,
    Nulls = "Records with NULL as name belong to no entity; NULL in the distinct field is no value.",
    Properties =
    [
        new("distinct_field_name", PropertyType.Field, "Distinct Field") { Info = "The field that has to be the same in all records of an entity." },
        new("pair_substrings", PropertyType.Boolean, "Pair Substrings") { Required = false, Default = false, Info = "Whether a name that is made of words of another is the same entity." },
        new("pair_homophones", PropertyType.Boolean, "Pair Homophones") { Required = false, Default = false, Info = "Whether names that sound alike are the same entity." },
        new("spelling_similarity_threshold", PropertyType.Number, "Spelling Similarity")
        {
            Required = false,
            Minimum = 0,
            Maximum = 1,
            Info = "How alike two names have to be spelled, from 0 to 1; absent for not at all.",
        },
    ],
})
{
    internal override async Task<string> PrepareAsync(StatementScope scope, CancellationToken cancellation)
    {
        var row = scope.Row;
        var distinct = row.Field(row.Properties.Text("distinct_field_name")!);
        var names = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        await foreach (var found in scope.RowsAsync(
            $"SELECT {row.Value.Text}, groupUniqArray({distinct.Text}) FROM {row.Rows.From} WHERE {row.Filter} AND {row.Value.IsNotNull} GROUP BY 1", cancellation))
        {
            names[found.GetText(0)!] = [.. ((IEnumerable<object?>)found[1]!).Select(v => v as string ?? "")];
        }

        var broken = EntityClusters.Of([.. names.Keys], row.Properties)
            .Where(cluster => cluster.SelectMany(n => names[n]).Distinct(StringComparer.Ordinal).Skip(1).Any())
            .SelectMany(cluster => cluster)
            .Select(Assay.Engine.EngineLiteral.Quote)
            .ToList();
        return broken.Count == 0 ? "0" : $"{row.Value.Text} IN ({string.Join(", ", broken)})";
    }

    internal override Tail Tail(CheckScope check) => new(
        $"belongs to an entity with more than one {check.Properties.Text("distinct_field_name")}",
        $"belong to entities with more than one {check.Properties.Text("distinct_field_name")}");

    internal override IEnumerable<CheckFault> Review(CheckReview check)
    {
        if (check.Properties.Text("distinct_field_name") is { } name && check.Check.Fields.Contains(name))
            yield return CheckFault.Property("distinct_field_name", "must not be the check's own field");
    }
}
