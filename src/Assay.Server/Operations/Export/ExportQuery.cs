using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Assay.Server.Operations.Export;

/// <summary>What of which datastore is exported.</summary>
internal sealed record ExportQuery
{
    [Description("The datastore.")]
    [Required, Range(1, long.MaxValue)]
    public long Datastore { get; set; }

    [Description("Only what belongs to containers with these ids; all when left out.")]
    public IReadOnlyList<long>? Containers { get; set; }
}

/// <summary>Which templates are exported, and where to.</summary>
internal sealed record TemplateExportQuery
{
    [Description("The enrichment datastore that the table is written to.")]
    [Required, Range(1, long.MaxValue)]
    public long EnrichDatastoreId { get; set; }

    [Description("Only these templates; all that are not archived when left out.")]
    public IReadOnlyList<long>? TemplateIds { get; set; }
}
