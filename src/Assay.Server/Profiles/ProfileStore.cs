using System.Text.Json;
using Assay.Quality.Profiling;
using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Fields.Computed;
using Assay.Server.Operations;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Running;
using Assay.Server.Operations.Sync;
using Assay.Server.Reading;
using Assay.Server.Store;
using Assay.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Profiles;

/// <summary>Writes profiles: all of a container's or nothing, and only while the operation's attempt is the current one.</summary>
internal sealed class ProfileStore(IDbContextFactory<AssayDb> contexts, TimeProvider clock)
{
    /// <param name="how">How it was read: what is known of the container follows only from all of its rows.</param>
    public async Task SaveAsync(OperationRun run, StoredContainer stored, ContainerFields found, GroupedProfile grouped, ProfileRead how, CancellationToken cancel)
    {
        var whole = how.IsWhole(found.Read, found.Rows);
        var exact = how.After is null && how.Share is null ? found.Read : how.Counted;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.LockDatastoreAsync(stored.Datastore.Id, cancel) is null) return; // deleted meanwhile: there is nothing to keep
        await FenceAsync(db, run, cancel);
        await ForgetAsync(db, run, stored.Row.Id, cancel);
        var now = clock.UtcNow();
        var profile = new ContainerProfile
        {
            OperationId = run.Id,
            ContainerId = stored.Row.Id,
            Created = now,
            RecordsCount = exact ?? stored.Row.Records,
            RecordsProcessed = found.Rows,
            FieldProfilesCount = found.Fields.Count,
            Result = OperationResult.Success,
        };
        db.Add(profile);
        await db.SaveChangesAsync(cancel);
        var ids = await ComputedFieldResults.SaveAsync(db, stored, found, cancel);
        db.AddRange(PartitionProfile.Of(profile, stored, found, how));
        await AddFieldsAsync(db, profile, ids, found, cancel);
        await db.Database.ExecuteSqlAsync($"""
            UPDATE fields SET latest_profile_id = p.id, completeness = p.completeness FROM field_profiles p
            WHERE p.container_profile_id = {profile.Id} AND p.field_id = fields.id
            """, cancel);
        foreach (var group in grouped.Groups) await AddGroupAsync(db, profile, ids, group, cancel);
        await UpdateContainerAsync(db, profile, stored.Row.Fingerprint, found, exact, cancel);
        if (whole)
        {
            await PartitionChoice.ApplyAsync(db, stored, found, cancel);
            await Measurements.RecordAsync(db, stored, found, profile.Created, cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    public async Task SaveFailureAsync(OperationRun run, long containerId, string problem, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await SaveEndAsync(db, run, containerId, OperationResult.Failure, problem, cancel);
    }

    /// <summary>Notes that a container was being read when its operation was aborted. Nothing where the attempt stops for another reason and will be taken up again.</summary>
    public async Task SaveAbortAsync(OperationRun run, long containerId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Set<Operation>().AnyAsync(o => o.Id == run.Id && o.AbortRequested, cancel))
            await SaveEndAsync(db, run, containerId, OperationResult.Aborted, "The operation was aborted while it was read.", cancel);
    }

    private async Task SaveEndAsync(AssayDb db, OperationRun run, long containerId, string result, string message, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await FenceAsync(db, run, cancel);
        await ForgetAsync(db, run, containerId, cancel);
        db.Add(new ContainerProfile { OperationId = run.Id, ContainerId = containerId, Created = clock.UtcNow(), Result = result, Message = message });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>What came of the container before the operation was resumed counts no more: an operation has one result for each.</summary>
    private static Task ForgetAsync(AssayDb db, OperationRun run, long containerId, CancellationToken cancel) =>
        db.Set<ContainerProfile>().Where(p => p.OperationId == run.Id && p.ContainerId == containerId && p.Result != OperationResult.Success).ExecuteDeleteAsync(cancel);

    /// <summary>Takes the operation's row, so that no other attempt can begin before this one has committed.</summary>
    private static async Task FenceAsync(AssayDb db, OperationRun run, CancellationToken cancel)
    {
        if (await db.Set<Operation>().Where(o => o.Id == run.Id && o.Attempt == run.Attempt && o.Result == OperationResult.Running)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.Attempt, o => o.Attempt), cancel) == 0) throw new LeaseLostException();
    }

    private static async Task AddGroupAsync(AssayDb db, ContainerProfile whole, IReadOnlyDictionary<string, long> ids, ProfiledGroup group, CancellationToken cancel)
    {
        var profile = new ContainerProfile
        {
            OperationId = whole.OperationId,
            ContainerId = whole.ContainerId,
            ParentProfileId = whole.Id,
            Filter = group.Filter,
            Created = whole.Created,
            RecordsCount = group.Found.Read,
            RecordsProcessed = group.Found.Rows,
            FieldProfilesCount = group.Found.Fields.Count,
            Result = OperationResult.Success,
        };
        db.Add(profile);
        await db.SaveChangesAsync(cancel);
        await AddFieldsAsync(db, profile, ids, group.Found, cancel);
    }

    private static async Task AddFieldsAsync(AssayDb db, ContainerProfile profile, IReadOnlyDictionary<string, long> ids, ContainerFields found, CancellationToken cancel)
    {
        var rows = found.Fields.Where(f => ids.ContainsKey(f.Name)).Select(f => new FieldProfileRow
        {
            ContainerProfileId = profile.Id,
            ContainerId = profile.ContainerId,
            FieldId = ids[f.Name],
            Name = f.Name,
            FieldType = f.Type.ToString(),
            Completeness = f.Completeness,
            Metrics = JsonSerializer.Serialize(f, Json.Options),
            Created = profile.Created,
        }).ToList();
        db.AddRange(rows);
        await db.SaveChangesAsync(cancel);
    }

    /// <param name="fingerprint">Of the structure that was profiled: that it changed calls for no other profile then.</param>
    /// <param name="records">How many rows there are for certain: all were read, or the source counted them.</param>
    private static async Task UpdateContainerAsync(AssayDb db, ContainerProfile profile, string fingerprint, ContainerFields found, long? records, CancellationToken cancel)
    {
        var completeness = found.Fields.Where(f => f.Completeness is not null).Select(f => f.Completeness!.Value).DefaultIfEmpty(double.NaN).Average();
        var rows = db.Set<Container>().Where(c => c.Id == profile.ContainerId);
        await rows.ExecuteUpdateAsync(set => set
            .SetProperty(c => c.LatestProfileId, profile.Id).SetProperty(c => c.LastProfiled, profile.Created)
            .SetProperty(c => c.SyncState, c => c.SyncState == SyncState.Changed && c.Fingerprint == fingerprint ? SyncState.Available : c.SyncState)
            .SetProperty(c => c.Completeness, double.IsNaN(completeness) ? null : completeness), cancel);
        if (records is not null) await rows.ExecuteUpdateAsync(set => set.SetProperty(c => c.Records, records).SetProperty(c => c.RecordsQuality, RecordsKnown.Exact), cancel);
        await db.Database.ExecuteSqlRawAsync(
            $"UPDATE datastores SET {DatastoreFigures.Counted} WHERE id = (SELECT datastore_id FROM containers WHERE id = {{0}})", [profile.ContainerId], cancel);
    }
}
