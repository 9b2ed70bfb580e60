using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Datastores.Writes;

/// <summary>
/// What is to change about a datastore. Members that are left out stay; everything else that a GET shows may be sent along and is
/// ignored, <c>connection</c> and <c>group</c> included, since clients send back whole answers.
/// </summary>
internal sealed record UpdateDatastoreRequest : JsonRequest
{
    [Description("The name shown.")]
    [StringLength(255, MinimumLength = 1), NotNull]
    public string? Name { get; set; }

    [Description("Null clears it.")]
    [StringLength(255)]
    public string? Description { get; set; }

    [Description("Another stored connection of the same store type.")]
    [Range(1, long.MaxValue)]
    public long? ConnectionId { get; set; }

    [StringLength(1024)]
    public string? Database { get; set; }

    [StringLength(1024)]
    public string? Schema { get; set; }

    [StringLength(1024)]
    public string? RootPath { get; set; }

    public bool? FolderGlobbingEnabled { get; set; }

    [Alias("enrich_only")]
    public bool? EnrichmentOnly { get; set; }

    [Description("Another prefix starts new tables and leaves the old ones behind.")]
    [StringLength(60), Alias("enrich_container_prefix")]
    public string? EnrichmentPrefix { get; set; }

    [Range(1, 1_000_000_000)]
    public long? EnrichmentSourceRecordLimit { get; set; }

    [OneOf("none", "append", "overwrite")]
    public string? EnrichmentRemediationStrategy { get; set; }

    [Range(1, 1000)]
    public long? HighCountRollupThreshold { get; set; }

    [Description("The whole set of tags, by name; unknown names make global tags. Null changes nothing, an empty list removes all.")]
    [StringLength(255, MinimumLength = 1)]
    public IReadOnlyList<NameOrId>? Tags { get; set; }

    [Description("The whole set of teams, by name; unknown names make teams. Null changes nothing.")]
    [StringLength(255, MinimumLength = 1)]
    public IReadOnlyList<NameOrId>? Teams { get; set; }
}
