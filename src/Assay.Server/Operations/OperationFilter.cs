using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Operations;

/// <summary>Filters and order of the list of operations.</summary>
internal sealed record OperationFilter : Paging
{
    [Description("Filter by operation id(s).")]
    public IReadOnlyList<long>? Id { get; set; }

    [Description("Filter by the schedule that started them.")]
    public long? ScheduleId { get; set; }

    [Description("Filter by kind; catalog is the old name of sync.")]
    [OneOf("sync", "catalog", "profile", "scan", "external_scan", "export", "global_export", "materialize", "promote")]
    public IReadOnlyList<string>? OperationType { get; set; }

    [Description("Only finished (true) or unfinished (false) operations.")]
    public bool? Finished { get; set; }

    [Description("Filter by state(s).")]
    [OneOf(OperationResult.Queued, OperationResult.Running, OperationResult.Success, OperationResult.Failure, OperationResult.Aborted)]
    public IReadOnlyList<string>? Result { get; set; }

    [Description("Created on this day.")]
    public DateOnly? CreatedDate { get; set; }

    [Description("Created on this day or later.")]
    public DateOnly? StartDate { get; set; }

    [Description("Created on this day or earlier.")]
    public DateOnly? EndDate { get; set; }

    [Description("The client's time zone as minutes east of UTC: where its days begin, for the date filters.")]
    [Range(-1440, 1440)]
    public new int Offset { get; set; }

    [Description("Filter by datastore id(s).")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Filter by container id(s). A sync looks at every container of its datastore.")]
    public IReadOnlyList<long>? Container { get; set; }

    [Description("Only operations with (true) or without (false) a message.")]
    public bool? HasLogs { get; set; }

    [Description("Sort by creation (asc or desc). Default: desc.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }

    [Description("Sort by how long they took (asc or desc); unfinished ones come last.")]
    [OneOf("asc", "desc")]
    public string? SortDuration { get; set; }
}
