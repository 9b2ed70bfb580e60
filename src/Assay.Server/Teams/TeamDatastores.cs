using Assay.Server.Datastores;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Teams;

/// <summary>Finds the datastores that a team's request names: by id, or by a name that only one datastore has.</summary>
internal sealed class TeamDatastores(AssayDb db)
{
    public async Task<Outcome<IReadOnlyCollection<long>>> FindAsync(IReadOnlyList<NameOrId> wanted, CancellationToken cancel)
    {
        var ids = wanted.Where(w => w.Id is not null).Select(w => w.Id!.Value).ToArray();
        var names = wanted.Where(w => w.Name is not null).Select(w => w.Name!).ToArray();
        var candidates = await db.Set<Datastore>()
            .Where(d => d.Deleted == null && (EF.Parameter(ids).Contains(d.Id) || EF.Parameter(names).Contains(d.Name)))
            .Select(d => new { d.Id, d.Name }).ToListAsync(cancel);
        var known = candidates.Select(d => d.Id).ToHashSet();
        var byName = candidates.ToLookup(d => d.Name, d => d.Id);
        var found = new HashSet<long>();
        foreach (var reference in wanted)
        {
            long[] matches = reference.Id is { } id ? known.Contains(id) ? [id] : [] : [.. byName[reference.Name!]];
            if (matches.Length == 0) return reference.NotFound("Datastore");
            if (matches.Length > 1) return Failure.Conflict($"Datastore name: '{reference.Name}' belongs to {matches.Length} datastores; use an id");
            found.Add(matches[0]);
        }
        return found;
    }
}
