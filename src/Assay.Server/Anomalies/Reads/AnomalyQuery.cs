using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Anomalies.Reads;

/// <summary>Filters and order of the list of anomalies. Filters narrow together; the values of one filter widen.</summary>
internal sealed record AnomalyQuery : Paging
{
    [Description("Only these ids.")]
    public IReadOnlyList<long>? Id { get; set; }

    [Description("Only anomalies in these states.")]
    [OneOf(AnomalyStatus.Active, AnomalyStatus.Acknowledged, AnomalyStatus.Resolved, AnomalyStatus.Duplicate, AnomalyStatus.Invalid, AnomalyStatus.Discarded)]
    public IReadOnlyList<string>? Status { get; set; }

    [Description("Only record or only shape anomalies.")]
    [OneOf(Anomaly.Record, Anomaly.Shape)]
    public string? AnomalyType { get; set; }

    [Description("Only anomalies in these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only anomalies in containers with this id or name.")]
    public IReadOnlyList<NameOrId>? Container { get; set; }

    [Description("Only anomalies of checks about fields with this id or name.")]
    public IReadOnlyList<NameOrId>? Field { get; set; }

    [Description("Only anomalies that fail one of these checks.")]
    public IReadOnlyList<long>? QualityCheck { get; set; }

    [Description("Only anomalies of these rules.")]
    public IReadOnlyList<string>? RuleType { get; set; }

    [Description("Only anomalies with one of these tags.")]
    public IReadOnlyList<string>? Tag { get; set; }

    [Description("Only anomalies that these container scans found.")]
    public IReadOnlyList<long>? ContainerScan { get; set; }

    [Description("Only record anomalies that these parts of container scans found in their partition.")]
    public IReadOnlyList<long>? PartitionScan { get; set; }

    [Description("Only anomalies that these operations found.")]
    public IReadOnlyList<long>? Operation { get; set; }

    [Description("Only anomalies assigned to one of these users.")]
    public IReadOnlyList<long>? Assignee { get; set; }

    [Description("Found on this day (UTC).")]
    public DateOnly? CreatedDate { get; set; }

    [Description("Found on this day or later.")]
    public DateOnly? StartDate { get; set; }

    [Description("Found on this day or earlier.")]
    public DateOnly? EndDate { get; set; }

    [Description("Found in the last so many days.")]
    [Range(1, 36500)]
    public int? Timeframe { get; set; }

    [Description("Archived anomalies: only shows nothing else, include shows them too. Left out, they are hidden, unless status asks for them.")]
    [OneOf("only", "include")]
    public string? Archived { get; set; }

    [Description("Only anomalies whose records were (true) or were not (false) written to an enrichment store.")]
    public bool? SourceEnriched { get; set; }

    [Description("Sort by when they were found. Default: newest first, then the heaviest.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }

    [Description("Sort by weight.")]
    [OneOf("asc", "desc")]
    public string? SortWeight { get; set; }

    [Description("Sort by the number of records concerned; those without a number come last.")]
    [OneOf("asc", "desc")]
    public string? SortAnomalousRecordsCount { get; set; }
}
