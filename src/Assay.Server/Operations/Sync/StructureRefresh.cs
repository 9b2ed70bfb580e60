using Assay.Server.Connections;
using Assay.Server.Datastores;
using Assay.Server.Fields.Computed;
using Assay.Server.Store;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Sync;

/// <summary>
/// Brings what is known of some containers up to date, as a sync would, before they are read: fields that are new, gone or back, and files.
/// It adds and removes no container; a listing that fails changes nothing.
/// </summary>
internal sealed class StructureRefresh(StoreConnections store, ConnectionDesk connections, ConnectorCatalogue connectors, TimeProvider clock)
{
    private static readonly SyncSettings everything = new([SyncSettings.Table, SyncSettings.View], Prune: false, Recreate: false);

    /// <param name="names">The containers; what is not known or deleted is passed over.</param>
    /// <exception cref="SourceException">The source could not list them.</exception>
    public async Task RunAsync(Datastore datastore, IReadOnlySet<string> names, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var known = (await KnownContainers.ReadAsync(connection, datastore.Id, cancel)).Where(c => !c.Value.Deleted && names.Contains(c.Key)).ToDictionary(StringComparer.Ordinal);
        if (known.Count == 0) return;
        var target = new SourceTarget(await connections.SettingsAsync(datastore.ConnectionId, cancel), datastore.Scope);
        var wanted = everything.Wanted with
        {
            Names = known.Keys.ToHashSet(StringComparer.Ordinal),
            LookInto = outline => MayDiffer(outline, known.GetValueOrDefault(outline.Name)),
            Files = KnownContainers.FileChoices(known.Values),
        };
        var survey = new Survey(known, everything);
        await using var staged = new StagedContainers(connection, store.Kind);
        await staged.CreateAsync(cancel);
        await foreach (var container in connectors.Find(datastore.Type).ListContainersAsync(target, wanted, cancel))
            if (known.ContainsKey(container.Name) && survey.Look(container) is { TellsMoreThanRows: true } sighting) await staged.AddAsync(sighting, cancel);
        if (!staged.Any) return;
        await staged.CompleteAsync([], cancel);

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await StructureLock.TakeAsync(transaction, store.Kind, datastore.Id, cancel);
        var now = Microseconds.From(clock.UtcNow());
        await Difference.ApplyAsync(transaction, datastore.Id, everything.Recreate, now, cancel);
        await ComputedFieldStates.ApplyAsync(connection, transaction, datastore.Id, cancel);
        if (await DatastoreFigures.UpdateAsync(transaction, datastore.Id, recount: true, now, cancel)) await transaction.CommitAsync(cancel);
    }

    /// <summary>Files that are as they were have the structure that they had; those that could not be read may be readable now.</summary>
    private static bool MayDiffer(ContainerStructure outline, KnownContainer? known) =>
        known is not { SyncState: SyncState.Available or SyncState.Changed, Fingerprint: { Structure: not "", Partitions: not "" } } || Fingerprint.Of(outline).Partitions != known.Fingerprint.Partitions;
}
