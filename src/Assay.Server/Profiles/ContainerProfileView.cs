using System.ComponentModel;
using Assay.Server.Operations;

namespace Assay.Server.Profiles;

/// <summary>What one operation found of a container.</summary>
internal record ContainerProfileView
{
    public required long Id { get; init; }
    public required DateTime Created { get; init; }
    [Description("For the profile of a group, the profile of the whole container.")]
    public required long? ParentProfileId { get; init; }
    [Description("For the profile of a group, Spark SQL that is true for its rows; null otherwise.")]
    public required string? Filter { get; init; }
    public required long OperationId { get; init; }
    public required OperationContainer Container { get; init; }
    [Description("Rows of the container as far as known.")]
    public required long? RecordsCount { get; init; }
    [Description("Rows that were read: all figures are over these.")]
    public required long RecordsProcessed { get; init; }
    public required long FieldProfilesCount { get; init; }
    public long ChecksSynchronized { get; init; }
    [Description("success, failure, or aborted where it was being read when the operation was aborted.")]
    public required string Result { get; init; }
    [Description("Why it failed, or what is worth knowing; null otherwise.")]
    public required string? Message { get; init; }

    public static ContainerProfileView Of(ContainerProfile p, OperationContainer container) => new()
    {
        Id = p.Id,
        Created = p.Created,
        ParentProfileId = p.ParentProfileId,
        Filter = p.Filter,
        OperationId = p.OperationId,
        Container = container,
        RecordsCount = p.RecordsCount,
        RecordsProcessed = p.RecordsProcessed,
        FieldProfilesCount = p.FieldProfilesCount,
        Result = p.Result,
        Message = p.Message,
    };
}
