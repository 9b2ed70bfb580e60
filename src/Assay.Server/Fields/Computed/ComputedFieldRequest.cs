using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Assay.Server.Web.Requests;

namespace Assay.Server.Fields.Computed;

/// <summary>How a field is computed. Replaces what there was.</summary>
internal record ComputedFieldContent : JsonRequest
{
    [Description("The field's name; no other field of the container has it.")]
    [Required, StringLength(255, MinimumLength = 1)]
    public string Name { get; set; } = "";

    [Description("The way it is computed; the specifications list them.")]
    [Required, OneOf("cast", "cleanedEntityName", "convertFormattedNumeric", "customExpression")]
    [Alias("transformation_type")]
    public string Transformation { get; set; } = "";

    [Description("Name of the field that it is computed from, as a list of one; null for customExpression, which names its fields itself.")]
    public IReadOnlyList<NameOrId>? SourceFields { get; set; }

    [Description("What else the transformation takes: target_type and format, drop_from_suffix and its kin, or column_expression.")]
    public IReadOnlyDictionary<string, JsonElement>? Properties { get; set; }

    [Description("An object of the client's own.")]
    public IReadOnlyDictionary<string, JsonElement>? AdditionalMetadata { get; set; }
}

/// <summary>Makes a computed field.</summary>
internal sealed record ComputedFieldRequest : ComputedFieldContent
{
    [Required, Range(1, long.MaxValue)]
    public long ContainerId { get; set; }
}

/// <summary>Which transformations are described.</summary>
internal sealed record TransformationQuery
{
    [Description("Only these transformations.")]
    [OneOf("cast", "cleanedEntityName", "convertFormattedNumeric", "customExpression")]
    public IReadOnlyList<string>? Transformation { get; set; }
}
