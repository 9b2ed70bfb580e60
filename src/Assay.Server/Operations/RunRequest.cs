using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Assay.Server.Operations.Export;
using Assay.Server.Operations.Materialize;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Promote;
using Assay.Server.Operations.Scan;
using Assay.Server.Operations.Sync;
using Assay.Server.Web;
using Assay.Server.Web.Requests;

namespace Assay.Server.Operations;

/// <summary>Starts an operation. Which members count depends on its type; the others are ignored.</summary>
internal sealed record RunRequest : JsonRequest
{
    [Description("The kind of operation; catalog is the old name of sync.")]
    [Required, OneOf(SyncKind.Name, "catalog", ProfileKind.Name, ScanKind.Name, ExportKind.Name, GlobalExportKind.Name, MaterializeKind.Name, PromoteChecksKind.Name)]
    public string Type { get; set; } = "";

    [Description("The datastore to work on; for a global export the store that it goes to.")]
    [Required, Range(1, long.MaxValue), Alias("enrichment_datastore_id")]
    public long DatastoreId { get; set; }

    [Description("Sync: kinds of containers to look at; both when left out. What is left out is not touched.")]
    [OneOf(SyncSettings.Table, SyncSettings.View), MaxLength(2)]
    public IReadOnlyList<string>? Include { get; set; }

    [Description("Sync: drop known containers that the source no longer has.")]
    public bool? Prune { get; set; }

    [Description("Sync: bring back containers that a user deleted and that the source still has.")]
    public bool? Recreate { get; set; }

    [Description("Names of the containers to work on; all when left out or empty.")]
    public IReadOnlyList<string>? ContainerNames { get; set; }

    [Description("Containers with one of these tags, their datastore's included, found when the operation begins.")]
    public IReadOnlyList<string>? ContainerTags { get; set; }

    [Description("Scan: names of the partitions (files, child partitions of tables) to look at; all when left out or empty. Containers that have none of them are passed over.")]
    public IReadOnlyList<string>? PartitionNames { get; set; }

    [Description("Profile: how far checks are inferred.")]
    [OneOf("off", "low", "medium", "high", "xhigh", "max")]
    public string? AiEffort { get; set; }

    [Description("Profile: the older spelling of ai_effort, from 0 (off) to 5 (max); ai_effort wins.")]
    [Range(0, 5)]
    public int? InferenceThreshold { get; set; }

    [Description("Profile: the oldest spelling of ai_effort; false means off.")]
    public bool? InferConstraints { get; set; }

    [Description("Profile: inferred checks begin as drafts.")]
    public bool? InferAsDraft { get; set; }

    [Description("Most rows to read of each partition, spread over it; -1 for all.")]
    [Range(-1, 1_000_000_000)]
    public long? MaxRecordsAnalyzedPerPartition { get; set; }

    [Description("Profile: rows kept aside to try inferred checks on.")]
    [Range(0, 100_000)]
    public int? MaxCountTestingSample { get; set; }

    [Description("Profile: share of those rows on which an inferred check has to hold.")]
    [Range(0.0, 1.0)]
    public double? PercentTestingThreshold { get; set; }

    [Description("Profile: correlations weaker than this, sign aside, are not kept.")]
    [Range(0.0, 1.0)]
    public double? HighCorrelationThreshold { get; set; }

    [Description("Profile: a histogram is kept of fields with no more distinct values than this.")]
    [Range(0, 10_000)]
    public int? HistogramMaxDistinctValues { get; set; }

    [Description("Only rows later than this in containers with an incremental field of times; for files, those changed after it.")]
    public DateTime? GreaterThanTime { get; set; }

    [Description("Only rows above this in containers with an incremental field of numbers.")]
    public double? GreaterThanBatch { get; set; }

    [Description("Scan: only what came after the last scan, in containers that have a field that tells; the others are scanned as a whole.")]
    public bool? Incremental { get; set; }

    [Description("Scan: which checks are asserted: metadata (volume), data_integrity (all others). Both when left out.")]
    [OneOf(ScanSettings.Metadata, ScanSettings.DataIntegrity), MaxLength(2)]
    public IReadOnlyList<string>? CheckCategories { get; set; }

    [Description("Scan: texts for the variables in expressions, such as {\"since\": \"TIMESTAMP '2023-10-15'\"}.")]
    public IReadOnlyDictionary<string, JsonElement>? CheckVariables { get; set; }

    [Description("Scan: a check with more failing records than this gives one anomaly for all of them; the datastore's threshold when left out.")]
    [Range(1, 1000)]
    public long? HighCountRollupThreshold { get; set; }

    [Description("Scan: records kept of an anomaly; the datastore's limit when left out.")]
    [Range(1, 1_000_000_000)]
    public long? EnrichmentSourceRecordLimit { get; set; }

    [Description("Scan: what equals an open anomaly is archived as a duplicate at once. True when left out.")]
    public bool? ArchiveDuplicateAnomalies { get; set; }

    [Description("Scan: the older form of archive_duplicate_anomalies.")]
    public bool? ArchiveOverlappingAnomalies { get; set; }

    [Description("Scan: what equals an archived anomaly opens that one again and is archived as its duplicate. False when left out.")]
    public bool? ReactivateRecurringAnomalies { get; set; }

    [Description("Scan: open anomalies that a full scan does not find again are resolved. True when left out; never for incremental scans.")]
    public bool? AutoResolvePassedAnomalies { get; set; }

    [Description("Scan: only none; the strategy is a setting of the datastore.")]
    [OneOf("none")]
    public string? Remediation { get; set; }

    [Description("Export: what is exported. A global export takes check_templates, an export the others. Needed by both.")]
    [OneOf(ExportSettings.Anomalies, ExportSettings.Checks, ExportSettings.Profiles, ExportSettings.CheckTemplates)]
    public string? AssetType { get; set; }

    [Description("Export: ids of the containers whose things are exported; all when left out or empty.")]
    public IReadOnlyList<long>? ContainerIds { get; set; }

    [Description("Global export: ids of the templates; all that are not archived when left out or empty.")]
    public IReadOnlyList<long>? TemplateIds { get; set; }

    [Description("Export: archived checks and anomalies too, missing and excluded fields, and what belongs to deleted containers. False when left out.")]
    public bool? IncludeDeleted { get; set; }

    [Description("Materialize, and export of profiles: values of masked fields as they are, which is written down; not of containers computed from other datastores. False when left out.")]
    public bool? IncludeMasked { get; set; }

    [Description("Materialize: most rows to copy of each partition; -1 for all.")]
    [Range(-1, 1_000_000_000)]
    public long? MaxRecordsPerPartition { get; set; }

    [Description("Promotion: the container whose checks are brought to another.")]
    [Range(1, long.MaxValue)]
    public long? ContainerId { get; set; }

    [Description("Promotion: the container that gets them, of whatever datastore.")]
    [Range(1, long.MaxValue)]
    public long? DestinationContainerId { get; set; }

    [Description("Promotion: these checks; all live ones when both check_ids and check_tags are left out.")]
    public IReadOnlyList<long>? CheckIds { get; set; }

    [Description("Promotion: the checks with one of these tags, instead of check_ids.")]
    public IReadOnlyList<string>? CheckTags { get; set; }

    [Description("Promotion: tags that the new checks get besides those of the old ones.")]
    public IReadOnlyList<string>? CheckAdditionalTags { get; set; }

    [Description("Promotion: the new checks begin as drafts. True when left out.")]
    public bool? AsDraft { get; set; }

    /// <summary>The kind that does it.</summary>
    internal string Kind => Type == "catalog" ? SyncKind.Name : Type;

    /// <summary>The settings as they are stored; each kind takes what is its own.</summary>
    internal string Settings() => JsonSerializer.Serialize(this, Json.Options);
}
