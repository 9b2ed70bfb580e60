using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Anomalies.Writes;

/// <summary>What people may say of an anomaly; what is left out stays.</summary>
internal record AnomalyUpdate : JsonRequest
{
    [Description("An open state; it restores an archived anomaly. Archive by DELETE.")]
    [OneOf(AnomalyStatus.Active, AnomalyStatus.Acknowledged), NotNull]
    public string? Status { get; set; }

    [Description("Open anomalies only.")]
    [StringLength(4000)]
    public string? Description { get; set; }

    [Description("Tags by name or id; replaces the list.")]
    [NotNull]
    public IReadOnlyList<NameOrId>? Tags { get; set; }

    [Description("The users who are to look after it; replaces the list, an empty one clears it.")]
    [NotNull]
    public IReadOnlyList<long>? AssigneeIds { get; set; }
}

/// <summary>One item of a bulk update.</summary>
internal sealed record AnomalyChange : AnomalyUpdate
{
    [Required, Range(1, long.MaxValue)]
    public long Id { get; set; }
}

/// <summary>How one anomaly is removed.</summary>
internal sealed record AnomalyRemovalQuery
{
    [Description("False deletes for good.")]
    public bool Archive { get; set; } = true;

    [Description("The state that an archived anomaly gets; Resolved when left out.")]
    [OneOf(AnomalyStatus.Resolved, AnomalyStatus.Duplicate, AnomalyStatus.Invalid, AnomalyStatus.Discarded)]
    public string? Status { get; set; }
}

/// <summary>One item of a bulk archive or delete.</summary>
internal sealed record AnomalyRemovalRequest : JsonRequest
{
    [Required, Range(1, long.MaxValue)]
    public long Id { get; set; }

    [Description("False deletes for good.")]
    [NotNull]
    public bool Archive { get; set; } = true;

    [Description("The state that an archived anomaly gets; Resolved when left out.")]
    [OneOf(AnomalyStatus.Resolved, AnomalyStatus.Duplicate, AnomalyStatus.Invalid, AnomalyStatus.Discarded)]
    public string? Status { get; set; }
}
