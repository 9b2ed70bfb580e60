using Assay.Server.Containers;
using Assay.Server.Containers.Computed;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Masking;

/// <summary>Tells which containers are computed from those of other datastores: an operation on one datastore has no say about the masked values of another.</summary>
internal static class ForeignInputs
{
    /// <returns>Those of these containers.</returns>
    public static async Task<HashSet<long>> OfAsync(AssayDb db, long datastoreId, IReadOnlyCollection<long> containerIds, CancellationToken cancel)
    {
        var ids = containerIds.ToArray();
        var computed = (await db.Set<Container>().Where(c => ids.Contains(c.Id) && c.Definition != null).Select(c => new { c.Id, c.Definition }).ToListAsync(cancel))
            .Select(c => (c.Id, ComputedDefinition.Parse(c.Definition!).Inputs)).ToList();
        var inputs = computed.SelectMany(c => c.Inputs).Distinct().ToArray();
        var own = (await db.Set<Container>().Where(c => inputs.Contains(c.Id) && c.DatastoreId == datastoreId).Select(c => c.Id).ToListAsync(cancel)).ToHashSet();
        return [.. computed.Where(c => c.Inputs.Any(input => !own.Contains(input))).Select(c => c.Id)];
    }
}
