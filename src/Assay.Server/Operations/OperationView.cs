using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Server.Datastores;
using Assay.Server.Operations.Export;
using Assay.Server.Operations.Materialize;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Scan;
using Assay.Server.Operations.Sync;

namespace Assay.Server.Operations;

/// <summary>An operation as the API shows it. Which members follow depends on its kind.</summary>
/// <param name="Type">The kind: <c>sync</c>, <c>profile</c>, <c>scan</c>, <c>external_scan</c>, <c>export</c>, <c>global_export</c> or <c>materialize</c>.</param>
/// <param name="StartTime">When a worker began; null while queued.</param>
/// <param name="EndTime">Null until the operation has ended.</param>
/// <param name="Result"><c>queued</c>, <c>running</c>, <c>success</c>, <c>failure</c> or <c>aborted</c>.</param>
/// <param name="Message">Null for a clean run; with success it is a warning.</param>
/// <param name="TriggeredBy">The user who asked for it, or <c>System</c>.</param>
/// <param name="Schedule">The schedule that started it; null where a user or the system did.</param>
/// <param name="ActionExecution">The flow's action that started it; null where none did.</param>
/// <param name="Tags">Container tags that were asked for.</param>
/// <param name="Containers">Containers that were asked for; a sync looks at all.</param>
/// <param name="Status">Counters by name.</param>
[JsonDerivedType(typeof(SyncOperationView)), JsonDerivedType(typeof(ProfileOperationView)), JsonDerivedType(typeof(ScanOperationView)), JsonDerivedType(typeof(ExternalScanView))]
[JsonDerivedType(typeof(ExportOperationView)), JsonDerivedType(typeof(GlobalExportView)), JsonDerivedType(typeof(MaterializeOperationView))]
internal record OperationView(
    long Id, DateTime Created, string Type, DateTime? StartTime, DateTime? EndTime, string Result, string? Message, string TriggeredBy,
    OperationDatastore Datastore, object? Schedule, object? ActionExecution, IReadOnlyList<string> Tags, IReadOnlyList<OperationContainer> Containers,
    IReadOnlyDictionary<string, long> Status)
{
    public static OperationView Of(Operation operation, Datastore datastore, bool favorite, OperationParts parts)
    {
        var common = new OperationView(
            operation.Id, operation.Created, operation.Type, operation.StartTime, operation.EndTime, operation.Result, operation.Message,
            operation.TriggeredBy, OperationDatastore.Of(datastore, favorite), null, null, [], [],
            JsonSerializer.Deserialize<Dictionary<string, long>>(operation.Status)!);
        return operation.Type switch
        {
            SyncKind.Name => SyncOperationView.Of(common, SyncSettings.Parse(operation.Settings)),
            ProfileKind.Name => ProfileOperationView.Of(common, ProfileSettings.Parse(operation.Settings), parts),
            ScanKind.Name => ScanOperationView.Of(common, ScanSettings.Parse(operation.Settings), datastore, parts),
            ExternalScanKind.Name => ExternalScanView.Of(common, parts),
            ExportKind.Name => ExportOperationView.Of(common, ExportSettings.Parse(operation.Settings), parts),
            GlobalExportKind.Name => GlobalExportView.Of(common, ExportSettings.Parse(operation.Settings)),
            MaterializeKind.Name => MaterializeOperationView.Of(common, MaterializeSettings.Parse(operation.Settings), parts),
            _ => common,
        };
    }
}

/// <summary>A container in short, as operations show it.</summary>
internal sealed record OperationContainer(
    long Id, string Name, string ContainerType, string? TableType, DateTime? DeletedAt, bool VolumetricTrackingEnabled, bool FreshnessTrackingEnabled);

/// <summary>A sync.</summary>
internal sealed record SyncOperationView : OperationView
{
    private SyncOperationView(OperationView common) : base(common)
    {
    }

    /// <summary>Kinds of containers looked at.</summary>
    public required IReadOnlyList<string> Include { get; init; }
    /// <summary>Whether vanished containers are dropped.</summary>
    public required bool Prune { get; init; }
    /// <summary>Whether containers deleted by users come back.</summary>
    public required bool Recreate { get; init; }

    public static SyncOperationView Of(OperationView common, SyncSettings settings) =>
        new(common) { Include = settings.Include, Prune = settings.Prune, Recreate = settings.Recreate };
}

/// <summary>The datastore of an operation, in short.</summary>
internal sealed record OperationDatastore(
    long Id, string Name, string StoreType, string Type, bool EnrichmentOnly, string? EnrichmentPrefix, bool Favorite)
{
    /// <summary>The older name of <see cref="EnrichmentOnly"/>.</summary>
    [JsonInclude]
    public bool EnrichOnly => EnrichmentOnly;
    /// <summary>The older name of <see cref="EnrichmentPrefix"/>.</summary>
    [JsonInclude]
    public string? EnrichContainerPrefix => EnrichmentPrefix;

    public static OperationDatastore Of(Datastore d, bool favorite) =>
        new(d.Id, d.Name, d.StoreType, d.Type, d.EnrichmentOnly, d.EnrichmentPrefix, favorite);
}
