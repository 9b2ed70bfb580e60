using Assay.Server.Datastores;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Users;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Connections.Reads;

/// <summary>Reads connections as answers show them. Opens no secret: of those only the names are read.</summary>
internal sealed class ConnectionViews(AssayDb db, ConnectorCatalogue connectors)
{
    public async Task<PageOf<ConnectionView>> PageAsync(ConnectionFilter filter, CancellationToken cancel)
    {
        var page = await Filtered(filter).By(filter.SortName, c => c.NameKey).By(filter.SortCreated, c => c.Created)
            .By(filter.SortId, c => c.Id).By("asc", c => c.Id).ToPageAsync(filter, cancel);
        var secrets = await SecretNamesAsync([.. page.Items.Select(c => c.Id)], cancel);
        return page.With([.. page.Items.Select(c => Show(c, secrets[c.Id], null))]);
    }

    public async Task<IReadOnlyList<ConnectionStub>> ListingAsync(bool? supportsEnrichment, CancellationToken cancel)
    {
        var connections = db.Set<Connection>().AsNoTracking();
        if (supportsEnrichment is { } wanted)
        {
            var types = connectors.All.Where(c => c.Spec.SupportsEnrichment).Select(c => c.Spec.Type).ToArray();
            connections = connections.Where(c => types.Contains(c.Type) == wanted);
        }
        return await connections.OrderBy(c => c.NameKey).ThenBy(c => c.Id)
            .Select(c => new ConnectionStub(c.Id, c.Created, c.Name, c.StoreType, c.Type)).ToListAsync(cancel);
    }

    public async Task<Outcome<ConnectionView>> FindAsync(long id, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return Failure.NotFound("Connection", id);
        var secrets = await SecretNamesAsync([id], cancel);
        return Show(row, secrets[id], await DatastoresAsync(id, caller, cancel));
    }

    private IQueryable<Connection> Filtered(ConnectionFilter filter)
    {
        var connections = db.Set<Connection>().AsNoTracking();
        if (filter.Id is { } ids) connections = connections.Where(c => ids.Contains(c.Id));
        if (filter.Name is { } name) connections = connections.Where(c => c.Name == name);
        if (filter.Type is { } given)
        {
            var types = given.Select(t => t.ToLowerInvariant()).ToArray();
            connections = connections.Where(c => types.Contains(c.Type));
        }
        if (filter.Search?.ToLowerInvariant() is { } part)
        {
            var id = long.TryParse(part, out var number) ? number : 0;
            connections = connections.Where(c => c.NameKey.Contains(part) || c.Id == id);
        }
        return connections;
    }

    private async Task<ILookup<long, string>> SecretNamesAsync(long[] ids, CancellationToken cancel)
    {
        var names = await db.Set<ConnectionSecret>().Where(s => ids.Contains(s.ConnectionId)).OrderBy(s => s.Field)
            .Select(s => new { s.ConnectionId, s.Field }).ToListAsync(cancel);
        return names.ToLookup(s => s.ConnectionId, s => s.Field);
    }

    private async Task<IReadOnlyList<DatastoreStub>> DatastoresAsync(long id, Caller caller, CancellationToken cancel)
    {
        var datastores = db.Set<Datastore>().Where(d => d.ConnectionId == id && d.Deleted == null);
        if (!caller.Is(Role.Manager))
            datastores = datastores.Where(d => db.Set<TeamDatastore>().Any(t => t.DatastoreId == d.Id
                && (db.Set<Team>().Any(team => team.Id == t.TeamId && team.IsPublic)
                    || db.Set<TeamMember>().Any(m => m.TeamId == t.TeamId && m.UserId == caller.Id))));
        return await datastores.OrderBy(d => d.Id).Select(DatastoreStub.From).ToListAsync(cancel);
    }

    private static ConnectionView Show(Connection c, IEnumerable<string> secrets, IReadOnlyList<DatastoreStub>? datastores) => c.StoreType switch
    {
        "dfs" => new DfsConnectionView(c, [.. secrets], datastores),
        "native" => new NativeConnectionView(c, [.. secrets], datastores),
        _ => new JdbcConnectionView(c, [.. secrets], datastores),
    };
}
