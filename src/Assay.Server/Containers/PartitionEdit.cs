using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers;

/// <summary>Changes what users say of partitions.</summary>
internal sealed class PartitionEdit(AssayDb db, TagChoice tags)
{
    /// <returns>Null where all is stored; otherwise why nothing is.</returns>
    public async Task<Failure?> UpdateAsync(long id, PartitionRequest request, CancellationToken cancel) => (await db.InTransactionAsync<bool>(async () =>
    {
        if (!await db.Set<Partition>().AnyAsync(p => p.Id == id, cancel)) return Failure.NotFound("Partition", id);
        if (request.Tags is not { } wanted) return true;
        if (!(await tags.IdsAsync(wanted, cancel)).Try(out var ids, out var failure)) return failure;
        var present = await db.Set<PartitionTag>().Where(t => t.PartitionId == id).ToListAsync(cancel);
        db.RemoveRange(present.Where(p => !ids.Contains(p.TagId)));
        db.AddRange(ids.Except(present.Select(p => p.TagId)).Select(tag => new PartitionTag { PartitionId = id, TagId = tag }));
        await db.SaveChangesAsync(cancel);
        return true;
    }, cancel)).Failure;
}
