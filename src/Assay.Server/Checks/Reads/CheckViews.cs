using System.ComponentModel;
using System.Text.Json;
using Assay.Server.Datastores;
using Assay.Server.Profiles;
using Assay.Server.Tags;
using Assay.Server.Users;

namespace Assay.Server.Checks.Reads;

/// <summary>A check or a template.</summary>
internal record CheckView
{
    // Objects that may be null have a setter: the document's generator looks there to see it.
    public required long Id { get; init; }
    public required DateTime Created { get; init; }
    [Description("The rule's name, such as notNull.")]
    public required string RuleType { get; init; }
    [Description("Whether a profile found it and keeps it up to date. Changing its fields, properties, filter or coverage ends that.")]
    public required bool Inferred { get; init; }
    public required IReadOnlyList<CheckFieldView> Fields { get; init; }
    public required string Description { get; init; }
    [Description("The share of asserted records that must pass; null where the rule has none.")]
    public required double? Coverage { get; init; }
    public required string? Filter { get; init; }
    [Description("The rule's values; null where it has none.")]
    public required JsonElement? Properties { get; init; }
    [Description("Whether inference fits the properties of such checks to the rows. Nothing is inferred about masked fields.")]
    public required bool IsPropertiesInferrable { get; init; }
    [Description("Whether inference fits the coverage of such checks to the rows.")]
    public required bool IsCoverageInferrable { get; init; }
    [Description("Whether inference makes such checks and describes them.")]
    public required bool IsDescriptionInferrable { get; init; }
    [Description("Whether it has to do with a masked field: its values, its filter and what scans say of it show a mask. Values that are sent back as a mask stay as they are.")]
    public required bool IsMasked { get; init; }
    [Description("For templates whether its checks follow it; for checks whether they follow theirs.")]
    public required bool TemplateLocked { get; init; }
    public required bool IsTemplate { get; init; }
    [Description("Whether no scan has asserted it yet.")]
    public required bool IsNew { get; init; }
    public required long NumContainerScans { get; init; }
    [Description("For templates how many checks are attached.")]
    public required long TemplateChecksCount { get; init; }
    [Description("Anomalies it ever took part in, as far as they are kept.")]
    public required long AnomalyCount { get; init; }
    public required long ActiveAnomalyCount { get; init; }
    [Description("Active or Draft; Invalid or Discarded when archived.")]
    public required string Status { get; init; }
    [Description("When it was archived; null for a live one.")]
    public required DateTime? DeletedAt { get; init; }
    public required UserStub? LastEditor { get; set; }
    public required UserStub? CreatedBy { get; set; }
    public required DateTime LastUpdated { get; init; }
    [Description("When a scan last asserted it.")]
    public required DateTime? LastAsserted { get; init; }
    [Description("Whether it passed then; null before the first scan.")]
    public required bool? IsPassing { get; init; }
    [Description("How much it matters: its rule, who made it, what it found, and its tags.")]
    public required long Weight { get; init; }
    public required JsonElement AdditionalMetadata { get; init; }
    public required IReadOnlyList<TagView> GlobalTags { get; init; }
    [Description("Null for templates.")]
    public required DatastoreStub? Datastore { get; set; }
    [Description("Null for templates.")]
    public required CheckContainer? Container { get; set; }
    [Description("The latest profile of its container; null where there is none.")]
    public required ContainerProfileView? LatestContainerProfile { get; set; }
    [Description("Whether it is the caller's favourite.")]
    public required bool Favorite { get; init; }
    [Description("The template it is attached to.")]
    public required TemplateStub? Template { get; set; }
    public required UserStub? Owner { get; set; }
    public required UserStub? DefaultAnomalyAssignee { get; set; }
    [Description("The field whose value becomes a record anomaly's message.")]
    public required string? AnomalyMessageField { get; init; }
}

/// <summary>A field of a check. Of a field that the container does not have, only the name is known.</summary>
internal sealed record CheckFieldView(long? Id, string Name, string? Type, string? Status, string? NativeType, bool? Nullable);

/// <summary>A container where something else is shown.</summary>
internal sealed record CheckContainer(
    long Id, string Name, string ContainerType, string? TableType, DateTime? DeletedAt, bool VolumetricTrackingEnabled, bool FreshnessTrackingEnabled);

/// <summary>A template where its checks are shown.</summary>
internal sealed record TemplateStub(long Id, string RuleType, string Description, bool TemplateLocked, IReadOnlyList<TagView> GlobalTags);

/// <summary>A check in short.</summary>
internal sealed record CheckStub(long Id, string RuleType, string Description, string Status, bool Inferred, long ContainerId);
