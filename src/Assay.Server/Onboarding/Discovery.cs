using Assay.Server.Connections;
using Assay.Server.Datastores;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Onboarding;

/// <summary>Which catalogs and schemas there are behind a connection, and for a stored one which of them have datastores.</summary>
internal sealed class Discovery(TableSources sources, AssayDb db, TimeProvider clock)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public async Task<Outcome<IReadOnlyList<string>>> CatalogsAsync(ConnectionRequest request, CatalogFilter filter, CancellationToken cancel) =>
        Names(sources.Of(request).Try(out var source, out var failure) ? await ListCatalogsAsync(source, filter, cancel) : failure);

    public async Task<Outcome<IReadOnlyList<string>>> SchemasAsync(ConnectionRequest request, SchemaFilter filter, CancellationToken cancel) =>
        Names(sources.Of(request).Try(out var source, out var failure) ? await ListSchemasAsync(source, filter, cancel) : failure);

    public async Task<Outcome<IReadOnlyList<DiscoveredCatalog>>> CatalogsAsync(long connectionId, CatalogFilter filter, CancellationToken cancel)
    {
        if (!(await sources.OfAsync(connectionId, cancel)).Try(out var source, out var failure)) return failure;
        if (!(await ListCatalogsAsync(source, filter, cancel)).Try(out var entries, out failure)) return failure;
        var covered = await CoveredAsync(connectionId, cancel);
        var existing = covered.Where(c => c.Database is not null).ToLookup(c => c.Database!, c => c.Datastore, StringComparer.Ordinal);
        return entries.Select(e => new DiscoveredCatalog(e.Name, [.. existing[e.Name]], e.System)).ToArray();
    }

    public async Task<Outcome<IReadOnlyList<DiscoveredSchema>>> SchemasAsync(long connectionId, SchemaFilter filter, CancellationToken cancel)
    {
        if (!(await sources.OfAsync(connectionId, cancel)).Try(out var source, out var failure)) return failure;
        if (!(await ListSchemasAsync(source, filter, cancel)).Try(out var entries, out failure)) return failure;
        var level = new SchemaLevel(source.Connector.Spec);
        var existing = (await CoveredAsync(connectionId, cancel)).ToLookup(c => (c.Database, c.Schema), c => c.Datastore);
        return entries.Select(e =>
        {
            var scope = level.ScopeOf(filter.Chosen, e.Name);
            return new DiscoveredSchema(e.Name, [.. existing[(scope.Database, scope.Schema)]], e.System);
        }).ToArray();
    }

    private Task<Outcome<IReadOnlyList<CatalogEntry>>> ListCatalogsAsync(TableSource source, CatalogFilter filter, CancellationToken cancel) =>
        ListAsync(source, filter, (settings, inner) => source.Connector.ListCatalogsAsync(settings, inner), cancel);

    private Task<Outcome<IReadOnlyList<CatalogEntry>>> ListSchemasAsync(TableSource source, SchemaFilter filter, CancellationToken cancel) =>
        ListAsync(source, filter, (settings, inner) => source.Connector.ListSchemasAsync(settings, filter.Chosen, inner), cancel);

    private async Task<Outcome<IReadOnlyList<CatalogEntry>>> ListAsync(
        TableSource source, CatalogFilter filter, Func<ConnectionSettings, CancellationToken, Task<IReadOnlyList<CatalogEntry>>> list, CancellationToken cancel)
    {
        // Bad patterns are refused before the source is asked.
        if (!NamePatterns.Of(filter.Include, filter.Exclude, "query").Try(out var patterns, out var failure)) return failure;
        if (!(await ListAsync(source, list, cancel)).Try(out var entries, out failure)) return failure;
        return patterns.Pick<CatalogEntry>([.. entries.Where(e => (filter.System ?? e.System) == e.System)], e => e.Name);
    }

    private async Task<Outcome<IReadOnlyList<CatalogEntry>>> ListAsync(
        TableSource source, Func<ConnectionSettings, CancellationToken, Task<IReadOnlyList<CatalogEntry>>> list, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(Bound, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            return (await source.Ready(both.Token)).Try(out var settings, out var failure) ? (await list(settings, both.Token)).ToArray() : failure;
        }
        catch (SourceException problem)
        {
            return Failure.Unreachable(problem.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failure.Unreachable($"The source did not list what it has within {Bound.TotalSeconds:0} s.");
        }
    }

    // Looked up once and compared here: names are compared as the source spells them, whatever the store's collation.
    private async Task<IReadOnlyList<Cover>> CoveredAsync(long connectionId, CancellationToken cancel) =>
        await db.Set<Datastore>().Where(d => d.ConnectionId == connectionId && d.Deleted == null).OrderBy(d => d.Id)
            .Select(d => new Cover(d.Database, d.Schema, new ExistingDatastore(d.Id, d.Name))).ToListAsync(cancel);

    private static Outcome<IReadOnlyList<string>> Names(Outcome<IReadOnlyList<CatalogEntry>> listed) =>
        listed.Try(out var entries, out var failure) ? entries.Select(e => e.Name).ToArray() : failure;

    private sealed record Cover(string? Database, string? Schema, ExistingDatastore Datastore);
}
