using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Assay.Server.Web.Requests;

namespace Assay.Server.Checks.Writes;

/// <summary>What can be said of a check and of a template alike.</summary>
internal abstract record CheckContent : JsonRequest
{
    [Description("What the check is for.")]
    [Required, StringLength(4000, MinimumLength = 1)]
    public string Description { get; set; } = "";

    [Description("The share of asserted records that must pass, 0 to 1; null where the rule has none. With less than 1 the check fails as a whole.")]
    [Range(0d, 1d)]
    public double? Coverage { get; set; }

    [Description("A condition in Spark SQL that says which records are asserted, without WHERE; null for all.")]
    [StringLength(20000)]
    public string? Filter { get; set; }

    [Description("The rule's values: see the rule specifications. Null where it has none.")]
    public IReadOnlyDictionary<string, JsonElement>? Properties { get; set; }

    [Description("Tags by name or id; new names make new tags. The list replaces the one before; left out, it stays.")]
    [Alias("global_tags")]
    public IReadOnlyList<NameOrId>? Tags { get; set; }

    [Description("An object of the client's own, kept as it is.")]
    public IReadOnlyDictionary<string, JsonElement>? AdditionalMetadata { get; set; }

    [Description("The field whose value becomes the message of a record anomaly; null for the generated message.")]
    [StringLength(1000)]
    public string? AnomalyMessageField { get; set; }

    internal string? PropertiesJson => Properties is null ? null : JsonSerializer.Serialize(Properties, Web.Json.Options);
    internal string? MetadataJson => AdditionalMetadata is null ? null : JsonSerializer.Serialize(AdditionalMetadata, Web.Json.Options);
}

/// <summary>What can be said of a check on a container.</summary>
internal abstract record ContainerCheckContent : CheckContent
{
    [Description("The fields that it is about, by name (or id); none for rules on the whole container or on expressions.")]
    public IReadOnlyList<NameOrId>? Fields { get; set; }

    [Description("Active checks are asserted by scans; drafts may be unfinished.")]
    [OneOf(CheckStatus.Active, CheckStatus.Draft), NotNull]
    public string? Status { get; set; }

    [Description("The user who answers for the check.")]
    [Range(1, long.MaxValue)]
    public long? OwnerId { get; set; }

    [Description("The user to whom its anomalies are assigned.")]
    [Range(1, long.MaxValue)]
    public long? DefaultAnomalyAssigneeId { get; set; }
}

/// <summary>A new check. Container and rule cannot be changed later.</summary>
internal sealed record CheckRequest : ContainerCheckContent
{
    [Description("The container whose records it asserts.")]
    [Required, Range(1, long.MaxValue)]
    public long ContainerId { get; set; }

    [Description("The rule's name, such as notNull.")]
    [Required, StringLength(100, MinimumLength = 1), Alias("rule_type")]
    public string Rule { get; set; } = "";

    [Description("The template that the check is attached to.")]
    [Range(1, long.MaxValue)]
    public long? TemplateId { get; set; }
}

/// <summary>
/// A check as it shall be: what defines it (fields, coverage, filter, properties) is replaced as a whole. Tags, status, metadata, people
/// and the message field stay where they are left out.
/// </summary>
internal sealed record CheckUpdate : ContainerCheckContent;

/// <summary>One item of a bulk edit; what is left out stays.</summary>
internal sealed record CheckChange : JsonRequest
{
    [Required, Range(1, long.MaxValue)]
    public long Id { get; set; }

    [StringLength(4000, MinimumLength = 1), NotNull]
    public string? Description { get; set; }

    [Description("A condition in Spark SQL; null for all records.")]
    [StringLength(20000)]
    public string? Filter { get; set; }

    [Description("Replaces the list of tags.")]
    public IReadOnlyList<NameOrId>? Tags { get; set; }

    public IReadOnlyDictionary<string, JsonElement>? AdditionalMetadata { get; set; }

    [OneOf(CheckStatus.Active, CheckStatus.Draft), NotNull]
    public string? Status { get; set; }

    [Description("Templates only: whether its checks follow it.")]
    public bool? TemplateLocked { get; set; }
}

/// <summary>One item of a bulk archive or delete.</summary>
internal sealed record CheckRemovalRequest : JsonRequest
{
    [Required, Range(1, long.MaxValue)]
    public long Id { get; set; }

    [Description("False deletes for good.")]
    [NotNull]
    public bool Archive { get; set; } = true;

    [Description("The state that an archived check gets.")]
    [OneOf(CheckStatus.Discarded, CheckStatus.Invalid)]
    public string? Status { get; set; }

    [Description("Whether the check's anomalies go with it.")]
    [NotNull]
    public bool DeleteAnomalies { get; set; } = true;
}

/// <summary>How one check is removed.</summary>
internal sealed record CheckRemovalQuery
{
    [Description("False deletes for good.")]
    public bool Archive { get; set; } = true;

    [Description("The state that an archived check gets; Discarded when left out.")]
    [OneOf(CheckStatus.Discarded, CheckStatus.Invalid)]
    public string? Status { get; set; }

    [Description("Whether the check's anomalies go with it.")]
    public bool DeleteAnomalies { get; set; } = true;
}

/// <summary>Brings archived checks back.</summary>
internal sealed record CheckRestoreRequest : JsonRequest
{
    [Description("The state that they come back in.")]
    [OneOf(CheckStatus.Active, CheckStatus.Draft), NotNull]
    public string Status { get; set; } = CheckStatus.Active;
}

/// <summary>The body of <c>PATCH /api/quality-checks/{id}/favorite</c>.</summary>
internal sealed record CheckFavoriteRequest : JsonRequest
{
    [Description("Whether it is the caller's favourite.")]
    [Required]
    public bool Favorite { get; set; }
}

/// <summary>A check to be tried without saving it.</summary>
internal sealed record CheckValidationRequest : JsonRequest
{
    [Description("The check as it would be created.")]
    [Required]
    public CheckRequest? QualityCheck { get; set; }

    [Description("Values for the variables in its expressions: names and texts.")]
    public IReadOnlyDictionary<string, JsonElement>? CheckVariables { get; set; }
}
