using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Container;

/// <summary>
/// Asserts that the listed fields are there, that their types are what they were when the check was made, and, where other fields are not allowed, that
/// there are none. NULLs play no part.
/// </summary>
internal sealed class ExpectedSchema() : MeasuredRule(new("expectedSchema", "Asserts that the listed fields are there with unchanged types.")
{
    Fields = FieldScope.None,
    Filterable = false,
    SupportsCoverage = false,
    Anomaly = AnomalyKind.Shape,
    Dimension = ScoreDimension.Conformity,
    Weight = 3,
    InferenceLevel = 2,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "Fields count whatever they hold.",
    Properties =
    [
        Props.List("Names of the fields that have to be there."),
        new("allow_other_fields", PropertyType.Boolean, "Allow Other Fields") { Required = false, Default = true, Info = "Whether there may be other fields." },
    ],
})
{
    internal override Verdict Judge(CheckScope check, ContainerMeasurements container)
    {
        if (container.Fields is not { } fields) return Verdict.NotAsserted("The container's fields are not known.");
        var wanted = check.Properties.List("list");
        var types = fields.GroupBy(f => f.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Type, StringComparer.Ordinal);
        List<string> faults = [];
        if (wanted.Where(w => !types.ContainsKey(w)).ToList() is { Count: > 0 } missing)
            faults.Add($"required fields ({string.Join(", ", missing)}) are not present");
        faults.AddRange(wanted
            .Where(w => types.ContainsKey(w) && container.ExpectedTypes.TryGetValue(w, out var expected) && expected != types[w])
            .Select(w => $"the type of field {w} is {types[w]}, not {container.ExpectedTypes[w]}"));
        if (!check.Properties.Flag("allow_other_fields", true) && types.Keys.Except(wanted, StringComparer.Ordinal).ToList() is { Count: > 0 } others)
            faults.Add($"fields that are not expected ({string.Join(", ", others)}) are present");
        return Verdict.Of(faults.Count == 0, () => $"In container {check.Container}, {string.Join("; ", faults)}");
    }
}
