using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Observability;

/// <summary>Filters and order of the list of tracked containers. Filters narrow together; the values of one filter widen.</summary>
internal sealed record ObservabilityQuery : Paging
{
    [Description("Only containers of these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only containers with this id or name.")]
    public IReadOnlyList<NameOrId>? Container { get; set; }

    [Description("Only containers of exactly this name.")]
    public string? Name { get; set; }

    [Description("Only containers whose name or id contains this, in whatever case.")]
    [StringLength(255)]
    public string? Search { get; set; }

    [Description("Only containers with one of these tags, inherited ones included.")]
    public IReadOnlyList<string>? Tag { get; set; }

    [Description("The last day of the measurements, YYYY-MM-DD; today when left out.")]
    public DateOnly? ReportDate { get; set; }

    [Description("How far the measurements go back from the last day.")]
    [OneOf(ReportPeriod.Week, ReportPeriod.Month, ReportPeriod.Quarter, ReportPeriod.Year), NotNull]
    public string Timeframe { get; set; } = ReportPeriod.Week;

    [Description("Minutes that the client's clock is ahead of UTC: decides what day today is.")]
    [Range(-1080, 1080)]
    public new int Offset { get; set; }

    [Description("Sort by id.")]
    [OneOf("asc", "desc")]
    public string? SortId { get; set; }

    [Description("The caller's favourites last (asc) or first (desc).")]
    [OneOf("asc", "desc")]
    public string? SortFavorite { get; set; }

    [Description("Sort by time of creation.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }

    [Description("Sort by name.")]
    [OneOf("asc", "desc")]
    public string? SortName { get; set; }

    [Description("Sort by open anomalies of checks on volume and freshness.")]
    [OneOf("asc", "desc")]
    public string? SortObservabilityActiveAnomalies { get; set; }

    [Description("Sort by active checks on volume and freshness.")]
    [OneOf("asc", "desc")]
    public string? SortObservabilityActiveChecks { get; set; }

    [Description("Sort by kind.")]
    [OneOf("asc", "desc")]
    public string? SortContainerType { get; set; }

    [Description("Sort by the latest successful scan; those without one come last.")]
    [OneOf("asc", "desc")]
    public string? SortLastScanned { get; set; }
}
