using Assay.Server.Connections;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Onboarding;

/// <summary>A connection with catalogs and schemas behind it, stored or not.</summary>
/// <param name="Ready">Makes the settings ready for the connector: secrets opened, placeholders filled in. Throws SourceException where that fails.</param>
internal sealed record TableSource(ICatalogConnector Connector, Func<CancellationToken, Task<Outcome<ConnectionSettings>>> Ready);

/// <summary>Finds out whether there are catalogs and schemas behind a connection; file stores have none.</summary>
internal sealed class TableSources(ConnectionDesk desk, ConnectorCatalogue connectors, IDbContextFactory<AssayDb> contexts)
{
    /// <returns>The source; a 422 for an unknown type, a 409 for a file store.</returns>
    public Outcome<TableSource> Of(ConnectionRequest request)
    {
        if (!connectors.TryFind(request.Type, request.Loc, out var connector, out var unknown)) return unknown;
        return Of(connector, cancel => desk.DraftAsync(request, cancel));
    }

    /// <returns>The source; a 404 where there is no such connection, a 409 for a file store.</returns>
    public async Task<Outcome<TableSource>> OfAsync(long connectionId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Set<Connection>().Where(c => c.Id == connectionId).Select(c => c.Type).FirstOrDefaultAsync(cancel) is not { } type)
            return Failure.NotFound("Connection", connectionId);
        if (!connectors.TryFind(type, out var connector)) return Failure.Unreachable($"This build of Assay has no connector of type '{type}'.");
        return Of(connector, async inner => await desk.SettingsAsync(connectionId, inner));
    }

    private static Outcome<TableSource> Of(IConnector connector, Func<CancellationToken, Task<Outcome<ConnectionSettings>>> ready) =>
        connector is ICatalogConnector catalogs && connector.Spec.StoreType != StoreType.Dfs
            ? new TableSource(catalogs, ready)
            : Failure.Conflict($"Connections of type '{connector.Spec.Type}' have no catalogs or schemas to discover");
}
