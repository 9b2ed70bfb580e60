using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Assay.Server.Datastores;
using Assay.Server.Operations.Running;
using Assay.Server.Settings;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Sync.Listings;

/// <summary>
/// Lists what a datastore holds. Where several syncs of one connection wait, and the connector can, the first lists for all of them, so
/// that the work asked of the source does not grow with the number of schemas synced together.
/// </summary>
internal sealed class SharedListings(
    ConnectorCatalogue connectors, WaitingSyncs waiting, AssaySettings settings, TimeProvider clock, IHostApplicationLifetime host, ILogger<SharedListings> log)
{
    private readonly ConcurrentDictionary<ListingKind, Room> rooms = new();

    /// <summary>Streams the containers of a datastore; like a connector's listing it ends normally only when it is complete.</summary>
    public async IAsyncEnumerable<ContainerStructure> ListAsync(
        OperationRun run, Datastore datastore, SourceTarget target, ListOptions wanted, [EnumeratorCancellation] CancellationToken cancel)
    {
        var connector = connectors.Find(datastore.Type);
        var (catalog, schema) = ListingKind.LevelsOf(datastore, connector.Spec);
        if (connector is ISharedListing { SharesListings: true } sharing && schema is not null
            && await JoinAsync(run, sharing, target.Connection, ListingKind.Of(datastore.ConnectionId, catalog, wanted), schema, cancel) is { } shared)
        {
            await using var containers = shared.ReadAsync(schema, cancel).GetAsyncEnumerator(cancel);
            if (await BeginAsync(containers, run) is { } any)
            {
                for (var more = any; more; more = await containers.MoveNextAsync()) yield return containers.Current;
                yield break;
            }
        }
        await foreach (var container in connector.ListContainersAsync(target, wanted, cancel).WithCancellation(cancel)) yield return container;
    }

    /// <summary>Waits for the first container; null where the shared listing broke off, and the sync has to list by itself.</summary>
    private async Task<bool?> BeginAsync(IAsyncEnumerator<ContainerStructure> containers, OperationRun run)
    {
        try
        {
            return await containers.MoveNextAsync();
        }
        catch (SharedListingBrokenException problem)
        {
            log.LogInformation("Operation {Operation} lists its schema alone: the shared listing broke off ({Problem})", run.Id, problem.InnerException?.GetType().Name ?? "incomplete");
            return null;
        }
    }

    private async Task<SharedListing?> JoinAsync(
        OperationRun run, ISharedListing connector, ConnectionSettings connection, ListingKind kind, string schema, CancellationToken cancel)
    {
        var room = rooms.GetOrAdd(kind, _ => new Room());
        await room.Door.WaitAsync(cancel);
        try
        {
            var revision = await waiting.RevisionAsync(kind.ConnectionId, cancel);
            if (room.Listing is { } current)
            {
                if (current.Revision == revision && current.TryTake(run.Id, schema)) return current;
            }
            var syncs = await waiting.GatherAsync(kind, connector.Spec.SchemaIsDatabase, cancel);
            if (!syncs.ContainsKey(run.Id) || syncs.Values.Distinct(StringComparer.Ordinal).Count() < 2) return null;
            room.Listing?.Retire();
            room.Listing = new SharedListing(revision, syncs, (schemas, stop) => connector.ListManyAsync(connection, kind.Catalog, schemas, kind.Wanted, stop),
                Path.Combine(settings.Data, "listings"), clock, host.ApplicationStopping);
            return room.Listing.TryTake(run.Id, schema) ? room.Listing : null;
        }
        finally
        {
            room.Door.Release();
        }
    }

    /// <summary>Where syncs of one kind meet.</summary>
    private sealed class Room
    {
        public SemaphoreSlim Door { get; } = new(1);
        public SharedListing? Listing { get; set; }
    }
}
