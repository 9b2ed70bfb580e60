using Assay.Server.Containers;
using Assay.Server.Operations.Export;
using Assay.Server.Operations.Materialize;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Scan;
using Assay.Server.Profiles;
using Assay.Server.Scans;
using Assay.Server.Scans.Reads;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations;

/// <summary>What operations show besides their own row, read for all of a page at once.</summary>
internal sealed record OperationParts(
    ILookup<long, OperationContainer> Containers, ILookup<long, ContainerProfileView> Profiles, ILookup<long, ContainerScanView> Scans, ILookup<long, ContainerCopyView> Copies)
{
    public IReadOnlyList<OperationContainer> Named(long datastoreId, IReadOnlyList<string> names) =>
        names.Count == 0 ? [] : [.. Containers[datastoreId].Where(c => names.Contains(c.Name))];

    public IReadOnlyList<OperationContainer> WithIds(long datastoreId, IReadOnlyList<long> ids) =>
        ids.Count == 0 ? [] : [.. Containers[datastoreId].Where(c => ids.Contains(c.Id))];

    public static async Task<OperationParts> ReadAsync(AssayDb db, IReadOnlyList<Operation> operations, CancellationToken cancel)
    {
        var containers = await ContainersAsync(db, operations, cancel);
        var ids = operations.Where(o => o.Type == ProfileKind.Name).Select(o => o.Id).ToArray();
        var found = ids.Length == 0 ? [] : await ContainerProfileReads.ViewsAsync(db, db.Set<ContainerProfile>().Where(p => ids.Contains(p.OperationId)).OrderBy(p => p.Id), cancel);
        var scanning = operations.Where(o => o.Type is ScanKind.Name or ExternalScanKind.Name).Select(o => o.Id).ToArray();
        var scans = scanning.Length == 0 ? [] : await ContainerScanReads.ViewsAsync(db,
            await db.Set<ContainerScan>().AsNoTracking().Where(s => s.OperationId != null && scanning.Contains(s.OperationId.Value)).OrderBy(s => s.Id).ToListAsync(cancel), cancel);
        return new OperationParts(containers.ToLookup(c => c.DatastoreId, Stub), found.ToLookup(p => p.OperationId), scans.ToLookup(s => s.OperationId ?? 0), await CopiesAsync(db, operations, cancel));
    }

    /// <summary>The containers that operations were asked for, by name or id.</summary>
    private static async Task<IReadOnlyList<Container>> ContainersAsync(AssayDb db, IReadOnlyList<Operation> operations, CancellationToken cancel)
    {
        var named = operations.Select(o => (o.DatastoreId, Names: NamesOf(o))).Where(o => o.Names.Count > 0).ToList();
        var names = named.SelectMany(o => o.Names).Distinct().ToArray();
        var datastores = named.Select(o => o.DatastoreId).Distinct().ToArray();
        var ids = operations.Where(o => o.Type == ExportKind.Name).SelectMany(o => ExportSettings.Parse(o.Settings).ContainerIds).Distinct().ToArray();
        return names.Length + ids.Length == 0 ? [] : await db.Set<Container>().AsNoTracking()
            .Where(c => datastores.Contains(c.DatastoreId) && names.Contains(c.Name) || ids.Contains(c.Id)).OrderBy(c => c.Name).ToListAsync(cancel);
    }

    private static IReadOnlyList<string> NamesOf(Operation operation) => operation.Type switch
    {
        ProfileKind.Name => ProfileSettings.Parse(operation.Settings).ContainerNames,
        ScanKind.Name => ScanSettings.Parse(operation.Settings).ContainerNames,
        MaterializeKind.Name => MaterializeSettings.Parse(operation.Settings).ContainerNames,
        _ => [],
    };

    private static async Task<ILookup<long, ContainerCopyView>> CopiesAsync(AssayDb db, IReadOnlyList<Operation> operations, CancellationToken cancel)
    {
        var ids = operations.Where(o => o.Type == MaterializeKind.Name).Select(o => o.Id).ToArray();
        var copies = ids.Length == 0 ? [] : await db.Set<ContainerCopy>().AsNoTracking().Where(c => ids.Contains(c.OperationId))
            .Join(db.Set<Container>().AsNoTracking(), c => c.ContainerId, c => c.Id, (copy, container) => new { copy, container }).OrderBy(c => c.container.Name).ToListAsync(cancel);
        var over = operations.Where(o => o.EndTime is not null).Select(o => o.Id).ToHashSet();
        return copies.ToLookup(c => c.copy.OperationId, c => new ContainerCopyView(
            Stub(c.container), c.copy.TableName, c.copy.RecordsProcessed,
            // What was going on when its operation was stopped has ended with it.
            c.copy.Result == OperationResult.Running && over.Contains(c.copy.OperationId) ? OperationResult.Aborted : c.copy.Result,
            c.copy.Message, c.copy.StartTime, c.copy.EndTime));
    }

    public static OperationContainer Stub(Container c) => new(c.Id, c.Name, c.ContainerType, c.ContainerType == "table" ? ContainerShape.TableType(c.TableType) : null,
        c.DeletedAt, c.VolumetricTrackingEnabled, c.FreshnessTrackingEnabled);
}
