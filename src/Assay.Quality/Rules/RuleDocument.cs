using System.Text;

namespace Assay.Quality.Rules;

/// <summary>The catalogue as a page for people: <c>docs/rules.md</c>, which a test keeps in step.</summary>
public static class RuleDocument
{
    /// <summary>The page as Markdown.</summary>
    public static string Write()
    {
        var text = new StringBuilder(
            """
            # Rule types

            Made from the rule catalogue (`src/Assay.Quality/Rules`); a test keeps the page in step. Asserted rows are those that the filter lets
            through. *Record* rules give one anomaly for each failing row, as long as there are few; with a coverage below 1, and *shape* rules always,
            give one anomaly about all of them.

            Numbers that are not a number (NaN) keep no bound. Times without a zone are UTC. A text that a source delivers where a number or a time is
            declared counts as the number or time that it spells, and as NULL where it spells none.


            """);
        foreach (var spec in RuleCatalogue.All.Select(r => r.Spec))
        {
            text.AppendLine($"## {spec.Name}").AppendLine()
                .AppendLine($"{spec.Description} **NULL:** {spec.Nulls}").AppendLine()
                .AppendLine($"- Fields: {Fields(spec)}")
                .AppendLine($"- Anomalies: {spec.Anomaly.ToString().ToLowerInvariant()}; dimension {spec.Dimension.ToString().ToLowerInvariant()}; weight {spec.Weight}"
                    + $"; filter {(spec.Filterable ? "yes" : "no")}; coverage {(spec.SupportsCoverage ? "yes" : "no")}"
                    + (spec.Elements ? "; elements of arrays" : "") + (spec.Deprecated ? "; deprecated" : "") + (spec.Executable ? "" : "; not asserted"));
            foreach (var p in spec.Properties)
            {
                text.AppendLine($"- `{p.Name}` ({p.Type.WireName()}{(p.Required ? "" : p.OneOf.Count > 0 ? $", at least one of {string.Join(" and ", p.OneOf)}" : ", optional")}): {p.Info}"
                    + (p.Choices.Count > 0 ? $" One of {string.Join(", ", p.Choices.Select(c => $"`{c.Value}`"))}." : ""));
            }

            text.AppendLine();
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static string Fields(RuleSpec spec)
    {
        var types = spec.FieldTypes.Count == FieldTypes.Any.Count ? "any type" : string.Join(", ", spec.FieldTypes);
        return spec.Fields switch
        {
            FieldScope.Single => $"one, {types}",
            FieldScope.Multi => $"one or more, {types}",
            FieldScope.Calculated => "those of the expression",
            _ => "none: it is about the container",
        };
    }
}
