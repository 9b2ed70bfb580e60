using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Groups;
using Assay.Server.Web.Requests;

namespace Assay.Server.Datastores.Writes;

/// <summary>What a new datastore gets besides its name and place, alone or as one of many.</summary>
internal abstract record DatastoreTraits : JsonRequest
{
    [StringLength(255)]
    public string? Description { get; set; }

    [Description("True for an enrichment store, which must be writable; false for a source.")]
    [Alias("enrich_only")]
    public bool? EnrichmentOnly { get; set; }

    [Description("The teams that reach it, by name; names that no team has yet make one. Public where none are given.")]
    [StringLength(255, MinimumLength = 1)]
    public IReadOnlyList<NameOrId>? Teams { get; set; }

    [Description("Tags, by name; names that no tag has yet make a global one.")]
    [StringLength(255, MinimumLength = 1)]
    public IReadOnlyList<NameOrId>? Tags { get; set; }

    [Description("The group to put it in. Not together with group.")]
    [Range(1, long.MaxValue)]
    public long? GroupId { get; set; }

    [Description("A new group to put it in. Not together with group_id.")]
    public GroupRequest? Group { get; set; }

    [Description("Start a sync at once.")]
    [Alias("trigger_sync")]
    public bool? TriggerCatalog { get; set; }

    [Description("The enrichment store to link.")]
    [Range(1, long.MaxValue)]
    public long? EnrichmentDatastoreId { get; set; }

    [Description("The prefix of the tables written there; made from the name where none is given. In bulk each datastore has its own, made from this and its schema or root path.")]
    [StringLength(60), Alias("enrich_container_prefix")]
    public string? EnrichmentPrefix { get; set; }

    [Description("Most source records kept per anomaly.")]
    [Range(1, 1_000_000_000)]
    public long? EnrichmentSourceRecordLimit { get; set; }

    [Description("How anomalous tables are replicated to the enrichment store.")]
    [OneOf("none", "append", "overwrite")]
    public string? EnrichmentRemediationStrategy { get; set; }

    [Description("Anomalies per check before they are rolled up into one.")]
    [Range(1, 1000)]
    public long? HighCountRollupThreshold { get; set; }

    internal bool IsEnrichment => EnrichmentOnly ?? false;
}
