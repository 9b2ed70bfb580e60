using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Assay.Server.Checks.Reads;
using Assay.Server.Datastores;
using Assay.Server.Tags;
using Assay.Server.Users;

namespace Assay.Server.Anomalies.Reads;

/// <summary>What a scan found, and what people made of it.</summary>
internal record AnomalyView
{
    // Objects that may be null have a setter: the document's generator looks there to see it.
    public required long Id { get; init; }
    public required string Uuid { get; init; }
    public required DateTime Created { get; init; }
    [Description("record or shape.")]
    public required string Type { get; init; }
    public required string Message { get; init; }
    [Description("Whether nobody has touched it yet.")]
    public required bool IsNew { get; init; }
    public required bool Archived { get; init; }
    [Description("Active or Acknowledged; Resolved, Duplicate, Invalid or Discarded when archived.")]
    public required string Status { get; init; }
    public required string? Description { get; init; }
    [Description("Whether its records were written to an enrichment store.")]
    public required bool SourceEnriched { get; init; }
    public required DatastoreStub? Datastore { get; set; }
    public required CheckContainer? Container { get; set; }
    [Description("The part of the container where it was found; null for the container as a whole.")]
    public required AnomalyPartition? Partition { get; set; }
    public required IReadOnlyList<FailedCheckView> FailedChecks { get; init; }
    [Description("The sum of its checks' weights when it was found.")]
    public required long Weight { get; init; }
    public required IReadOnlyList<TagView> GlobalTags { get; init; }
    [Description("Records concerned; null where they cannot be counted.")]
    public required long? AnomalousRecordsCount { get; init; }
    [Description("Equal for equal findings of different scans, as text; null where there is none.")]
    public required string? Fingerprint { get; init; }
    public required IReadOnlyList<UserStub> Assignees { get; init; }
    [Description("The operation that found it; null once its record is deleted.")]
    public required long? OperationId { get; init; }
    [Description("The operation's part on this container.")]
    public required long? ContainerScanId { get; init; }
}

/// <summary>An anomaly with what was said about it and the scan that found it.</summary>
internal sealed record AnomalyDetail : AnomalyView
{
    [SetsRequiredMembers]
    public AnomalyDetail(AnomalyView view, IReadOnlyList<CommentView> comments, AnomalyScan? scan) : base(view) => (Comments, Scan) = (comments, scan);

    public IReadOnlyList<CommentView> Comments { get; }
    [Description("Null once the scan's record is deleted.")]
    public AnomalyScan? Scan { get; set; }
}

internal sealed record AnomalyPartition(string Name, string? Location);

/// <param name="SuggestedField">The field for which a value suggests itself.</param>
/// <param name="SuggestedScore">How sure the suggestion is, 0 to 1.</param>
internal sealed record FailedCheckView(CheckView QualityCheck, string Message, string? SuggestedField, string? SuggestedValue, double? SuggestedScore);

/// <summary>The operation that found an anomaly, in short.</summary>
internal sealed record AnomalyScan(long Id, DateTime Created, string Type, DateTime? StartTime, DateTime? EndTime, string Result, string? Message, string TriggeredBy);

/// <summary>What someone said about an anomaly.</summary>
/// <param name="User">Null for users that are gone.</param>
internal sealed record CommentView(long Id, DateTime Created, string Message, UserStub? User, long AnomalyId)
{
    // Said again for the document's generator, which sees nullable objects by their setters.
    public UserStub? User { get; set; } = User;
}
