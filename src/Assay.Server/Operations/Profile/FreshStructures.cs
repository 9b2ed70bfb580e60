using Assay.Server.Containers;
using Assay.Server.Containers.Computed;
using Assay.Server.Datastores;
using Assay.Server.Operations.Running;
using Assay.Server.Operations.Sync;
using Assay.Server.Store;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Profile;

/// <summary>Lets a profile begin with the structures that its containers have now, those among them that computed containers read.</summary>
internal sealed class FreshStructures(IDbContextFactory<AssayDb> contexts, StructureRefresh refresh, ILogger<FreshStructures> log)
{
    /// <returns>Why they are known only as the last sync found them; null where they are up to date.</returns>
    public async Task<string?> FetchAsync(OperationRun run, IReadOnlyList<TargetContainer> wanted, CancellationToken cancel)
    {
        if (wanted.Count == 0) return null;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == run.DatastoreId && d.Deleted == null, cancel) is not { } datastore) return null;
        try
        {
            await refresh.RunAsync(datastore, await NamesAsync(db, run.DatastoreId, wanted, cancel), cancel);
            return null;
        }
        catch (SourceException problem)
        {
            // The containers may be readable all the same; where they are not, each says why.
            log.LogInformation("Operation {Operation}: the structure was not brought up to date: {Fault}", run.Id, problem.Fault.Message);
            return $"The fields are those of the last sync, since the source could not be listed: {problem.Fault.Message}";
        }
    }

    /// <summary>The names of the containers, and of those that computed ones among them read.</summary>
    private static async Task<HashSet<string>> NamesAsync(AssayDb db, long datastoreId, IReadOnlyList<TargetContainer> wanted, CancellationToken cancel)
    {
        var names = wanted.ToDictionary(w => w.Id, w => w.Name);
        var computed = await db.Set<Container>().Where(c => c.DatastoreId == datastoreId && c.DeletedAt == null && c.Definition != null).Select(c => new { c.Id, c.Definition }).ToListAsync(cancel);
        var inputs = computed.Where(c => names.ContainsKey(c.Id)).SelectMany(c => ComputedDefinition.Parse(c.Definition!).Inputs).Except(names.Keys).ToList();
        var read = inputs.Count == 0 ? [] : await db.Set<Container>().Where(c => c.DatastoreId == datastoreId && inputs.Contains(c.Id)).Select(c => c.Name).ToListAsync(cancel);
        return names.Values.Concat(read).ToHashSet(StringComparer.Ordinal);
    }
}
