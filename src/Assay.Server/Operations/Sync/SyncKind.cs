using System.Data.Common;
using Assay.Server.Connections;
using Assay.Server.Datastores;
using Assay.Server.Fields.Computed;
using Assay.Server.Operations.Running;
using Assay.Server.Operations.Sync.Listings;
using Assay.Server.Settings;
using Assay.Server.Store;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Sync;

/// <summary>Reads a datastore's structure and brings what is known of it up to date: list first, compare, then write all of it or nothing.</summary>
internal sealed class SyncKind(
    IDbContextFactory<AssayDb> contexts, StoreConnections store, ConnectionDesk connections, SharedListings listings,
    RemovalGuard guard, DatastoreFigures figures, AssaySettings limits, TimeProvider clock) : IOperationKind
{
    public const string Name = "sync";

    public string Type => Name;

    public string Normalise(string settingsJson) => SyncSettings.Parse(settingsJson).ToJson();

    public async Task<OperationEnding> RunAsync(OperationRun run, CancellationToken cancel)
    {
        if (await FindAsync(run.DatastoreId, cancel) is not { } datastore) return Gone;
        try
        {
            return await SyncAsync(run, datastore, SyncSettings.Parse(run.Settings), cancel);
        }
        catch (SourceException problem) when (DatastoreFigures.MeansDisconnected(problem.Fault.Code))
        {
            await figures.DisconnectedAsync(run.DatastoreId, cancel);
            throw;
        }
    }

    private static OperationEnding Gone => OperationEnding.Aborted("The datastore was deleted.");

    private async Task<OperationEnding> SyncAsync(OperationRun run, Datastore datastore, SyncSettings settings, CancellationToken cancel)
    {
        var target = new SourceTarget(await connections.SettingsAsync(datastore.ConnectionId, cancel), datastore.Scope);
        await using var connection = await store.OpenAsync(cancel);
        var known = await KnownContainers.ReadAsync(connection, datastore.Id, cancel);
        var wanted = settings.Wanted with { Files = KnownContainers.FileChoices(known.Values) };
        var survey = new Survey(known, settings);
        await using var staged = new StagedContainers(connection, store.Kind);
        await staged.CreateAsync(cancel);
        await foreach (var container in listings.ListAsync(run, datastore, target, wanted, cancel))
        {
            if (survey.Look(container) is { } sighting) await staged.AddAsync(sighting, cancel);
            run.Count("containers_listed", survey.Listed);
            run.Count("fields_listed", survey.FieldsListed);
        }
        var vanished = survey.Vanished();
        var verdict = await JudgeAsync(connection, run, survey, vanished, settings, cancel);
        await staged.CompleteAsync(vanished.Select(v => v.Id), cancel);
        return await WriteAsync(connection, run, survey, staged, vanished, verdict, settings, cancel);
    }

    private async Task<RemovalVerdict> JudgeAsync(
        DbConnection connection, OperationRun run, Survey survey, IReadOnlyList<KnownContainer> vanished, SyncSettings settings, CancellationToken cancel)
    {
        if (!settings.Prune) return RemovalVerdict.Kept;
        if (!guard.IsMass(vanished.Count, survey.InScope)) return RemovalVerdict.Removed;
        return await RemovalGuard.IsConfirmedAsync(connection, run.DatastoreId, run.Id, vanished.Count, cancel) ? RemovalVerdict.Removed : RemovalVerdict.HeldBack;
    }

    /// <summary>The difference, the datastore's figures and the operation's end in one transaction.</summary>
    private async Task<OperationEnding> WriteAsync(
        DbConnection connection, OperationRun run, Survey survey, StagedContainers staged, IReadOnlyList<KnownContainer> vanished,
        RemovalVerdict verdict, SyncSettings settings, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await StructureLock.TakeAsync(transaction, store.Kind, run.DatastoreId, cancel);
        var now = Microseconds.From(clock.UtcNow());
        var fields = staged.Any ? await Difference.ApplyAsync(transaction, run.DatastoreId, settings.Recreate, now, cancel) : default;
        var marked = vanished.Count > 0 ? await Difference.MarkGoneAsync(transaction, verdict == RemovalVerdict.Removed, now, cancel) : 0;
        if (staged.Any) await ComputedFieldStates.ApplyAsync(connection, transaction, run.DatastoreId, cancel);
        var changed = staged.Any || marked > 0;
        if (!await DatastoreFigures.UpdateAsync(transaction, run.DatastoreId, changed, now, cancel)) return Gone;

        run.Count("containers_added", survey.Added);
        run.Count("containers_changed", survey.Changed);
        run.Count("containers_restored", survey.Restored);
        run.Count("containers_removed", verdict == RemovalVerdict.Removed ? marked : 0);
        run.Count("containers_missing", verdict == RemovalVerdict.Removed ? 0 : vanished.Count);
        run.Count("containers_unreadable", survey.Unreadable.Count);
        run.Count("fields_added", fields.Added);
        run.Count("fields_changed", fields.Changed);
        run.Count("fields_removed", fields.Removed);
        run.Count(RemovalGuard.HeldBack, verdict == RemovalVerdict.HeldBack ? vanished.Count : 0);
        var ending = OperationEnding.Success(SyncMessage.Of(survey, vanished, verdict, limits.SyncMaxRemovedPercent));
        await run.EndWithinAsync(transaction, ending, cancel);
        await transaction.CommitAsync(CancellationToken.None); // once begun, whether it happened must be known
        return ending;
    }

    private async Task<Datastore?> FindAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.Deleted == null, cancel);
    }
}
