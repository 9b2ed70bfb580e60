using Assay.Server.Containers;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Scan;
using Assay.Server.Profiles;
using Assay.Server.Scans;
using Assay.Server.Scans.Reads;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations;

/// <summary>What operations show besides their own row, read for all of a page at once.</summary>
internal sealed record OperationParts(ILookup<long, OperationContainer> Containers, ILookup<long, ContainerProfileView> Profiles, ILookup<long, ContainerScanView> Scans)
{
    public IReadOnlyList<OperationContainer> Named(long datastoreId, IReadOnlyList<string> names) =>
        names.Count == 0 ? [] : [.. Containers[datastoreId].Where(c => names.Contains(c.Name))];

    public static async Task<OperationParts> ReadAsync(AssayDb db, IReadOnlyList<Operation> operations, CancellationToken cancel)
    {
        var profiles = operations.Where(o => o.Type == ProfileKind.Name).ToList();
        var named = profiles.Select(o => (o.DatastoreId, ProfileSettings.Parse(o.Settings).ContainerNames))
            .Concat(operations.Where(o => o.Type == ScanKind.Name).Select(o => (o.DatastoreId, ScanSettings.Parse(o.Settings).ContainerNames))).Where(o => o.ContainerNames.Count > 0).ToList();
        var names = named.SelectMany(o => o.ContainerNames).Distinct().ToArray();
        var datastores = named.Select(o => o.DatastoreId).Distinct().ToArray();
        var containers = names.Length == 0 ? [] : await db.Set<Container>().AsNoTracking().Where(c => datastores.Contains(c.DatastoreId) && names.Contains(c.Name))
            .OrderBy(c => c.Name).ToListAsync(cancel);
        var ids = profiles.Select(o => o.Id).ToArray();
        var found = ids.Length == 0 ? [] : await ContainerProfileReads.ViewsAsync(db, db.Set<ContainerProfile>().Where(p => ids.Contains(p.OperationId)).OrderBy(p => p.Id), cancel);
        var scanning = operations.Where(o => o.Type is ScanKind.Name or ExternalScanKind.Name).Select(o => o.Id).ToArray();
        var scans = scanning.Length == 0 ? [] : await ContainerScanReads.ViewsAsync(db,
            await db.Set<ContainerScan>().AsNoTracking().Where(s => s.OperationId != null && scanning.Contains(s.OperationId.Value)).OrderBy(s => s.Id).ToListAsync(cancel), cancel);
        return new OperationParts(containers.ToLookup(c => c.DatastoreId, Stub), found.ToLookup(p => p.OperationId), scans.ToLookup(s => s.OperationId ?? 0));
    }

    public static OperationContainer Stub(Container c) => new(c.Id, c.Name, c.ContainerType, c.ContainerType == "table" ? ContainerShape.TableType(c.TableType) : null,
        c.DeletedAt, c.VolumetricTrackingEnabled, c.FreshnessTrackingEnabled);
}
