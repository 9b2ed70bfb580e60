using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Server.Datastores;
using Assay.Server.Fields.Computed;
using Assay.Server.Profiles;
using Assay.Server.Scores;
using Assay.Server.Tags;

namespace Assay.Server.Containers;

/// <summary>A container as lists and single reads show it. Which members follow depends on its kind.</summary>
[JsonDerivedType(typeof(TableView)), JsonDerivedType(typeof(FileView)), JsonDerivedType(typeof(Computed.ComputedView))]
internal record ContainerView
{
    public required long Id { get; init; }
    public required DateTime Created { get; init; }
    public required DatastoreStub Datastore { get; init; }
    [Description("table (views too), file, computed_table, computed_file or computed_join.")]
    public required string ContainerType { get; init; }
    [Description("Exactly as the source spells it.")]
    public required string Name { get; init; }
    public required string? Description { get; init; }
    [Description("The source's own comment.")]
    public required string? Remarks { get; init; }
    [Description("Whether the caller marked it as a favourite.")]
    public required bool Favorite { get; init; }
    [Description("How it stood at the latest sync: available, changed (its fields differ from before), inaccessible (no longer listed) or unloadable (its structure cannot be read).")]
    public required string Status { get; init; }
    [Description("Why its structure could not be read; null when all is well.")]
    public required string? Message { get; init; }
    [Description("Names of the fields that profiles and checks leave out.")]
    public required IReadOnlyList<string> ExcludeFields { get; init; }
    [Description("Lists of field names by which it is grouped.")]
    public required JsonElement GroupByFields { get; init; }
    public required ContainerMetrics Metrics { get; init; }
    [Description("Its own tags and those of its datastore.")]
    public required IReadOnlyList<TagView> GlobalTags { get; init; }
    [Description("Fields that are computed from others, by name.")]
    public IReadOnlyList<ComputedFieldView> ComputedFields { get; init; } = [];
    public required bool VolumetricTrackingEnabled { get; init; }
    public required bool FreshnessTrackingEnabled { get; init; }
    public Profiles.MeasurementView? LatestObservabilityMeasurement { get; init; }
    public double? IncrementalCheckpoint { get; init; }
    [Description("When it was deleted; null for a live one.")]
    public required DateTime? DeletedAt { get; init; }
    public required JsonElement AdditionalMetadata { get; init; }
    [Description("Among an operation's containers only: what the operation found of this one.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContainerProfileView? ContainerProfile { get; init; }
}

/// <summary>A table or view.</summary>
internal sealed record TableView : ContainerView
{
    [SetsRequiredMembers]
    internal TableView(ContainerView common) : base(common)
    {
    }

    [Description("table or view.")]
    public string TableType { get; init; } = "";
    [Description("The source's own kind: table, view, materialized_view or foreign_table.")]
    public string SourceType { get; init; } = "";
    [Description("Declared keys.")]
    public JsonElement Keys { get; init; }
    [Description("The field it is cut into parts by.")]
    public string? PartitionField { get; init; }
    [Description("The field that grows with every change.")]
    public string? IncrementalFieldName { get; init; }
    [Description("last-modified, batch-value or postgresql.")]
    public string? IncrementalIdentifierType { get; init; }
    public bool InferDatatypes { get; init; }
}

/// <summary>A group of files of one structure.</summary>
internal sealed record FileView : ContainerView
{
    [SetsRequiredMembers]
    internal FileView(ContainerView common) : base(common)
    {
    }

    public string RelativePath { get; init; } = "";
    [Description("A glob over the files.")]
    public string FileName { get; init; } = "";
    public string? Extension { get; init; }
    public string FileFormat { get; init; } = "";
    public string? JsonFormat { get; init; }
    [Description("Whether the first row holds names, as it was found out or somebody chose.")]
    public bool? HasHeader { get; init; }
    public string? EscapeCharacter { get; init; }
    [Description("The latest change of any of its files.")]
    public DateTime? LastModified { get; init; }
    public string? LineIdentifierField { get; init; }
    [Description("Whether types are sought in the values of texts: of delimited files and workbooks, which have no types, unless somebody turned it off.")]
    public bool InferDatatypes { get; init; }
    [Description("Whether empty cells of text files are read as NULL.")]
    public bool TreatEmptyAsNull { get; init; }
}

/// <summary>Figures of a container.</summary>
/// <param name="Fields">Fields at the latest sync.</param>
/// <param name="Records">Rows as last known; null where nothing is known.</param>
/// <param name="RecordsQuality"><c>exact</c>, <c>estimate</c> or <c>unknown</c>: then the number, if there is one, is what an earlier profile counted.</param>
internal sealed record ContainerMetrics(long Fields, long? Records, string RecordsQuality)
{
    public DateTime? LastProfiled { get; init; }
    public DateTime? LastScanned { get; init; }
    [Description("Share of values that are not null, 0 to 1; null before a profile.")]
    public double? Completeness { get; init; }
    public long ActiveChecks { get; init; }
    [Description("Active checks with a weight of at least 7: unless tags say otherwise, those that somebody wrote and those that have found anomalies.")]
    public long ImportantChecks { get; init; }
    public long PassingChecks { get; init; }
    public long FailingChecks { get; init; }
    public long Anomalies { get; init; }
    public long ActiveAnomalies { get; init; }
    [Description("Null before it was profiled or scanned.")]
    public QualityScoreView? QualityScore { get; init; }
}

/// <summary>A container in short, as the unpaged listing shows it.</summary>
/// <param name="TableType"><c>table</c> or <c>view</c>; null for files.</param>
/// <param name="WasProfiled">Whether a profile of it has succeeded.</param>
internal sealed record ContainerStub(
    long Id, string Name, string ContainerType, string? TableType, DateTime? DeletedAt, bool VolumetricTrackingEnabled, bool FreshnessTrackingEnabled,
    DatastoreStub Datastore, bool Favorite, bool WasProfiled);
