using Assay.Server.Datastores;
using Assay.Server.Store;
using Assay.Server.Users;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Teams;

/// <summary>Reads teams as answers show them.</summary>
internal sealed class TeamViews(AssayDb db)
{
    public async Task<PageOf<TeamListItem>> PageAsync(TeamFilter filter, CancellationToken cancel)
    {
        var teams = db.Set<Team>().AsNoTracking();
        if (filter.Name?.ToLowerInvariant() is { } name) teams = teams.Where(t => t.NameKey == name);
        if (filter.Search?.ToLowerInvariant() is { } part) teams = teams.Where(t => t.NameKey.Contains(part));
        var page = await teams.By(filter.SortName, t => t.NameKey).By(filter.SortCreated, t => t.Created).By("asc", t => t.Id).ToPageAsync(filter, cancel);
        var members = await MembersAsync(page.Items, cancel);
        var counts = await CountDatastoresAsync(page.Items, cancel);
        return page.With<TeamListItem>([.. page.Items.Select(t =>
            new TeamListItem(t.Id, t.Created, t.Name, t.Description, t.Permission, [.. members[t.Id]], counts.GetValueOrDefault(t.Id)))]);
    }

    public async Task<Outcome<TeamView>> FindAsync(long id, CancellationToken cancel)
    {
        if (await db.Set<Team>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancel) is not { } team) return Failure.NotFound("Team", id);
        var members = await MembersAsync([team], cancel);
        var datastores = await db.Set<Datastore>()
            .Where(d => d.Deleted == null && db.Set<TeamDatastore>().Any(t => t.TeamId == id && t.DatastoreId == d.Id))
            .OrderBy(d => d.Name).ThenBy(d => d.Id).Select(DatastoreStub.From).ToListAsync(cancel);
        return new TeamView(team.Id, team.Created, team.Name, team.Description, team.Permission, [.. members[id]], datastores);
    }

    private async Task<ILookup<long, UserStub>> MembersAsync(IReadOnlyList<Team> teams, CancellationToken cancel)
    {
        var ids = teams.Select(t => t.Id).ToArray();
        var pairs = await (from team in db.Set<Team>()
                           from user in db.Set<User>()
                           where ids.Contains(team.Id) && (team.IsPublic || db.Set<TeamMember>().Any(m => m.TeamId == team.Id && m.UserId == user.Id))
                           orderby user.NameKey, user.Id
                           select new { team.Id, User = user }).AsNoTracking().ToListAsync(cancel);
        return pairs.ToLookup(p => p.Id, p => UserStub.Of(p.User));
    }

    private Task<Dictionary<long, long>> CountDatastoresAsync(IReadOnlyList<Team> teams, CancellationToken cancel)
    {
        var ids = teams.Select(t => t.Id).ToArray();
        return db.Set<TeamDatastore>().Where(t => ids.Contains(t.TeamId))
            .Join(db.Set<Datastore>().Where(d => d.Deleted == null), t => t.DatastoreId, d => d.Id, (t, d) => t.TeamId)
            .GroupBy(id => id).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }
}
