using Assay.Server.Containers;
using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Anomalies;

/// <summary>Finds the anomaly that a path names, by id or UUID, and decides whether the caller may do this with it.</summary>
internal sealed class AnomalyAccess(AssayDb db, DatastoreAccess access, MaskedAccess masked)
{
    /// <returns>The anomaly's id; 404, 403, or 422 where the text is neither an id nor a UUID.</returns>
    public async Task<Outcome<long>> FindAsync(string key, Caller caller, TeamPermission needed, CancellationToken cancel)
    {
        var isNumber = long.TryParse(key, out var number) && number > 0;
        if (!isNumber && !Guid.TryParse(key, out _))
            return Failure.Invalid(new FieldError(["path", "id"], "Input should be a valid positive integer or UUID, unable to parse the input", "int_parsing"));
        var uuid = isNumber ? null : Guid.Parse(key).ToString();
        var found = await db.Set<Anomaly>().Where(a => isNumber ? a.Id == number : a.Uuid == uuid)
            .Select(a => new { a.Id, Datastore = db.Set<Container>().Where(c => c.Id == a.ContainerId).Select(c => c.DatastoreId).First() }).FirstOrDefaultAsync(cancel);
        var notFound = Failure.NotFound("Anomaly", key);
        if (found is null) return notFound;
        return await access.RefuseAsync(caller, found.Datastore, needed, notFound, managersPass: false, cancel) is { } refusal ? refusal : found.Id;
    }

    /// <summary>The same for its records, of which masked values take more.</summary>
    public async Task<Outcome<long>> FindRecordsAsync(string key, Caller caller, bool includeMasked, CancellationToken cancel)
    {
        var found = await FindAsync(key, caller, includeMasked ? TeamPermission.Editor : TeamPermission.Viewer, cancel);
        if (!includeMasked || !found.Try(out var id, out _)) return found;
        var container = await db.Set<Anomaly>().Where(a => a.Id == id).Select(a => a.ContainerId).FirstAsync(cancel);
        return await masked.RefuseAsync(container, caller, cancel) is { } refusal ? refusal : found;
    }

    /// <summary>The same for several ids that a body names; the first refusal counts.</summary>
    public async Task<Failure?> RefuseAsync(IEnumerable<long> ids, Caller caller, TeamPermission needed, CancellationToken cancel)
    {
        foreach (var id in ids.Distinct())
            if ((await FindAsync($"{id}", caller, needed, cancel)).Failure is { } refusal) return refusal;
        return null;
    }
}
