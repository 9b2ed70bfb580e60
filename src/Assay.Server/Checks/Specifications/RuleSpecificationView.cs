using System.ComponentModel;
using Assay.Quality.Rules;

namespace Assay.Server.Checks.Specifications;

/// <summary>What a rule is and takes: enough to draw a form from it alone.</summary>
internal sealed record RuleSpecificationView
{
    [Description("The name that checks give as rule.")]
    public required string Rule { get; init; }
    public required string RuleDescription { get; init; }
    [Description("Kept only for checks that exist.")]
    public required bool Deprecated { get; init; }
    [Description("Whether people can write such checks.")]
    public required bool Author { get; init; }
    [Description("How many fields a check names: single, multi, calculated (none: they follow from the expression) or none.")]
    public required string Fields { get; init; }
    [Description("The types of fields that it takes.")]
    public required IReadOnlyList<string> FieldsTypeFilter { get; init; }
    [Description("Whether a check may have a filter.")]
    public required bool Filterable { get; init; }
    [Description("Whether a check may have a coverage.")]
    public required bool SupportsCoverage { get; init; }
    public required IReadOnlyList<RulePropertyView> Properties { get; init; }
    [Description("What a failed check gives when few records fail: record or shape anomalies.")]
    public required string AnomalyType { get; init; }
    [Description("data_integrity or metadata: the categories by which scans can be narrowed.")]
    public required string CheckCategory { get; init; }
    [Description("Accuracy, Conformity, Precision, Timeliness or Volumetrics.")]
    public required string QualityDimension { get; init; }
    [Description("The lowest inference level that makes such checks; null where only people do.")]
    public required int? InferenceLevel { get; init; }
    [Description("False where Assay stores such checks but cannot assert them.")]
    public required bool Executable { get; init; }
    [Description("What NULL does.")]
    public required string Nulls { get; init; }
    [Description("Checks that use it and that the caller may see; null where the list was asked for without counts.")]
    public required long? Count { get; init; }

    public static RuleSpecificationView Of(RuleSpec spec, long? count) => new()
    {
        Rule = spec.Name,
        RuleDescription = spec.Description,
        Deprecated = spec.Deprecated,
        Author = spec.Author,
        Fields = spec.Fields.ToString().ToLowerInvariant(),
        FieldsTypeFilter = [.. spec.FieldTypes.Select(t => t.ToString())],
        Filterable = spec.Filterable,
        SupportsCoverage = spec.SupportsCoverage,
        Properties = [.. spec.Properties.Select(RulePropertyView.Of)],
        AnomalyType = spec.Anomaly.ToString().ToLowerInvariant(),
        CheckCategory = spec.Category == Quality.Rules.CheckCategory.Metadata ? "metadata" : "data_integrity",
        QualityDimension = spec.Dimension.ToString(),
        InferenceLevel = spec.InferenceLevel,
        Executable = spec.Executable,
        Nulls = spec.Nulls,
        Count = count,
    };
}

/// <summary>One input of a rule's form.</summary>
/// <param name="Field">The member that carries the value.</param>
/// <param name="MapTo">Where it stands: <c>properties</c>.</param>
/// <param name="Type">What it holds, such as <c>number</c>, <c>sparksql</c> or <c>container</c>.</param>
/// <param name="FieldsTypeFilter">The types of the fields for which it is shown, or that it may name; empty for all.</param>
/// <param name="Values">The values it may have; null for any of its type.</param>
/// <param name="Default">What holds where it is left out.</param>
/// <param name="OneOf">The inputs of which at least one is needed; empty where <c>required</c> says it all.</param>
internal sealed record RulePropertyView(
    string Field, string MapTo, bool Required, string Title, string Type, IReadOnlyList<string> FieldsTypeFilter, IReadOnlyList<RulePropertyValue>? Values, string? Group,
    object? Default, string? Info, string? InfoMd, string? FilterField, string? FilterValue, bool NoWrapper, string? Placeholder, bool Secret,
    double? Minimum, double? Maximum, IReadOnlyList<string> OneOf)
{
    public static RulePropertyView Of(PropertySpec p) => new(
        p.Name, "properties", p.Required, p.Title, p.Type.WireName(), [.. p.FieldTypes.Select(t => t.ToString())],
        p.Choices.Count == 0 ? null : [.. p.Choices.Select(c => new RulePropertyValue(c.Label, c.Value))], null,
        p.Default, p.Info, p.Info, null, null, false, p.Placeholder, false, (double?)p.Minimum, (double?)p.Maximum, p.OneOf);
}

/// <summary>One value that an input may have.</summary>
internal sealed record RulePropertyValue(string Label, string Value);
