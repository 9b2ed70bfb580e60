using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Operations.HeatMap;

/// <summary>Which operations are counted.</summary>
internal sealed record HeatMapQuery : DayRange
{
    [Description("Only operations on these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only these kinds; catalog is the old name of sync.")]
    [OneOf("sync", "catalog", "profile", "scan", "external_scan", "export", "materialize", "promote")]
    public IReadOnlyList<string>? OperationType { get; set; }

    [Description("Only operations in these states.")]
    [OneOf(OperationResult.Queued, OperationResult.Running, OperationResult.Success, OperationResult.Failure, OperationResult.Aborted)]
    public IReadOnlyList<string>? Result { get; set; }
}
