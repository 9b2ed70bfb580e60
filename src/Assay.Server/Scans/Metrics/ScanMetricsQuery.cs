using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Scans.Metrics;

/// <summary>Which scans are added up.</summary>
internal sealed record ScanMetricsQuery : DayRange
{
    [Description("Only scans of these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only scans of these containers.")]
    public IReadOnlyList<long>? Container { get; set; }
}
