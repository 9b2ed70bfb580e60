using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Datastores.Writes;

/// <summary>A datastore's tags, by name; names that no tag has make a global one. Works in the caller's transaction.</summary>
internal sealed class DatastoreTags(AssayDb db, TagChoice tags)
{
    /// <summary>Makes these the datastore's tags.</summary>
    /// <returns>Whether anything changed.</returns>
    public async Task<Outcome<bool>> ReplaceAsync(long datastoreId, IReadOnlyList<NameOrId> wanted, CancellationToken cancel)
    {
        if (!(await tags.IdsAsync(wanted, cancel)).Try(out var ids, out var failure)) return failure;
        var present = await db.Set<DatastoreTag>().Where(t => t.DatastoreId == datastoreId).ToListAsync(cancel);
        db.RemoveRange(present.Where(p => !ids.Contains(p.TagId)));
        db.AddRange(ids.Except(present.Select(p => p.TagId)).Select(id => new DatastoreTag { DatastoreId = datastoreId, TagId = id }));
        return await db.SaveChangesAsync(cancel) > 0;
    }
}
