using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Observability;

/// <summary>Which days a container's figures are shown of.</summary>
internal sealed record ContainerInsightsQuery
{
    [Description("The last day (UTC), YYYY-MM-DD; today when left out.")]
    public DateOnly? ReportDate { get; set; }

    [Description("How far the days go back from the last one: 7, 30, 91 or 365 of them.")]
    [OneOf(ReportPeriod.Week, ReportPeriod.Month, ReportPeriod.Quarter, ReportPeriod.Year), NotNull]
    public string Timeframe { get; set; } = ReportPeriod.Week;

    [Description("Minutes that the client's clock is ahead of UTC: decides what day today is.")]
    [Range(-1080, 1080)]
    public int Offset { get; set; }
}
