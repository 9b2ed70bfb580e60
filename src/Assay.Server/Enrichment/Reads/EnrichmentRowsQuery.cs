using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Assay.Server.Enrichment.Reads;

/// <summary>Which rows of which table of an enrichment store are shown.</summary>
internal sealed record EnrichmentRowsQuery
{
    [Description("The table, by its name as the listing shows it.")]
    [Required, StringLength(255, MinimumLength = 1)]
    public string Path { get; set; } = "";

    [Description("Only rows for which this condition in Spark SQL is true, such as anomaly_uuid = '...'.")]
    [StringLength(10_000)]
    public string? Filter { get; set; }

    [Description("Rows to show, at most.")]
    [Range(1, 10_000)]
    public int Limit { get; set; } = 1_000;
}
