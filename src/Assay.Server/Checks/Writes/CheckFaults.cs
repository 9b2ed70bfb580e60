using Assay.Quality;
using Assay.Quality.Checks;

namespace Assay.Server.Checks.Writes;

/// <summary>Asks the subject what is wrong with a check.</summary>
internal static class CheckFaults
{
    /// <param name="known">The container's fields; empty for templates.</param>
    public static IReadOnlyList<CheckFault> Of(CheckPlan plan, IReadOnlyList<string> fields, IReadOnlyList<ContainerField> known) =>
        // A template names no fields; which ones its checks name is looked at when they are made.
        [.. CheckValidator.Validate(Definition(plan, fields), known).Where(f => plan.ContainerId is not null || f.Member != "fields")];

    public static CheckDefinition Definition(CheckPlan plan, IReadOnlyList<string> fields) => new()
    {
        Rule = plan.Rule,
        Fields = fields,
        Coverage = plan.Coverage,
        Filter = plan.Filter,
        Properties = CheckProperties.Parse(plan.Properties),
        MessageField = plan.MessageField,
    };
}
