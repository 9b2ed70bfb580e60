using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Scans.Reads;

/// <summary>Filters of the list of container scans.</summary>
internal sealed record ContainerScanQuery : Paging
{
    [Description("Only these ids.")]
    public IReadOnlyList<long>? Id { get; set; }

    [Description("Only containers of these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only these containers.")]
    public IReadOnlyList<long>? Container { get; set; }

    [Description("Only the latest scan of each container.")]
    public bool LatestOnly { get; set; }

    [Description("Scanned on this day (UTC).")]
    public DateOnly? CreatedDate { get; set; }

    [Description("Sort by time (desc when left out).")]
    [OneOf("asc", "desc")]
    public string SortCreated { get; set; } = "desc";
}
