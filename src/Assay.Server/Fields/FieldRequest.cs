using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Assay.Server.Web.Requests;

namespace Assay.Server.Fields;

/// <summary>What users may say of a field. Members that are left out stay as they are.</summary>
internal record FieldContent : JsonRequest
{
    [Description("masked hides its values, excluded leaves it out of profiles and archives its checks, active undoes both.")]
    [OneOf(FieldStatus.Active, FieldStatus.Masked, FieldStatus.Excluded, FieldStatus.Missing)]
    public string? Status { get; set; }

    [Description("The field's own tags, replacing the ones it has; those of its container and datastore it inherits in any case.")]
    public IReadOnlyList<NameOrId>? Tags { get; set; }
}

/// <summary>Changes one field.</summary>
internal sealed record FieldRequest : FieldContent
{
    [Description("The name as it is; fields keep the name that their source gives them.")]
    public string? Name { get; set; }

    [StringLength(4000)]
    public string? Description { get; set; }

    [Description("An object of the client's own.")]
    public IReadOnlyDictionary<string, JsonElement>? AdditionalMetadata { get; set; }
}

/// <summary>One change of a bulk call.</summary>
internal sealed record FieldChange : FieldContent
{
    [Required, Range(1, long.MaxValue)]
    public long Id { get; set; }
}

/// <summary>One item of a bulk delete.</summary>
internal sealed record FieldRemovalRequest : JsonRequest
{
    [Required, Range(1, long.MaxValue)]
    public long Id { get; set; }

    [Description("True excludes the field; false deletes it for good, which only missing fields can be that no check is about.")]
    [NotNull]
    public bool Archive { get; set; } = true;
}

/// <summary>One item of a bulk restore.</summary>
internal sealed record FieldRestoreRequest : JsonRequest
{
    [Required, Range(1, long.MaxValue)]
    public long Id { get; set; }
}

/// <summary>How one field is deleted.</summary>
internal sealed record FieldRemovalQuery
{
    [Description("True excludes the field; false deletes it for good, which only missing fields can be that no check is about.")]
    public bool Archive { get; set; } = true;
}

/// <summary>Which field takes the place of which.</summary>
internal sealed record FieldMergeQuery
{
    [Description("The field that went missing; it keeps its id, history, tags and checks.")]
    [Required, Range(1, long.MaxValue)]
    public long SourceFieldId { get; set; }

    [Description("The field that it is called now; it is removed, and the other takes its name.")]
    [Required, Range(1, long.MaxValue)]
    public long TargetFieldId { get; set; }
}
