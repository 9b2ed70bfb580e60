using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Assay.Server.Anomalies.Records;

/// <summary>How many of an anomaly's records are shown, and whether masked values are.</summary>
internal sealed record SourceRecordQuery
{
    [Description("Records to show, at most; no more than the scan kept.")]
    [Range(1, 1_000_000_000)]
    public int Limit { get; set; } = 10;

    [Description("Show the values of masked fields. Needs the Editor team permission, and is written down.")]
    public bool IncludeMasked { get; set; }
}
