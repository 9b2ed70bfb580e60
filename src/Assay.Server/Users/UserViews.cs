using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Users;

/// <summary>Reads users as answers show them.</summary>
internal sealed class UserViews(AssayDb db)
{
    public async Task<PageOf<UserView>> PageAsync(UserFilter filter, CancellationToken cancel)
    {
        var page = await Filtered(filter).By(filter.SortRole, u => u.Role).By(filter.SortName, u => u.NameKey)
            .By(filter.SortCreated, u => u.Created).By("asc", u => u.Id).ToPageAsync(filter, cancel);
        return page.With(await ShowAsync(page.Items, cancel));
    }

    public async Task<IReadOnlyList<UserStub>> ListingAsync(UserListingFilter filter, CancellationToken cancel)
    {
        var users = db.Set<User>().AsNoTracking();
        if (filter.Type is { } type) users = users.Where(u => u.UserType == Enum.Parse<UserType>(type));
        return [.. (await users.OrderBy(u => u.NameKey).ThenBy(u => u.Id).ToListAsync(cancel)).Select(UserStub.Of)];
    }

    public async Task<Outcome<UserView>> FindAsync(long id, CancellationToken cancel)
    {
        if (await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancel) is not { } user) return Failure.NotFound("User", id);
        return (await ShowAsync([user], cancel))[0];
    }

    private IQueryable<User> Filtered(UserFilter filter)
    {
        var users = db.Set<User>().AsNoTracking();
        if (filter.Name is { } name) users = users.Where(u => u.Name == name);
        if (filter.Search?.ToLowerInvariant() is { } part)
            users = users.Where(u => u.NameKey.Contains(part) || u.EmailKey!.Contains(part) || u.UserId.Contains(part));
        if (filter.Role is not null)
        {
            var roles = filter.Role.Select(Enum.Parse<Role>).ToArray();
            users = users.Where(u => roles.Contains(u.Role));
        }
        if (filter.UserType is { } type) users = users.Where(u => u.UserType == Enum.Parse<UserType>(type));
        if (filter.Deactivated is { } deactivated) users = users.Where(u => u.Deactivated == deactivated);
        return filter.Team is null ? users : InTeams(users, filter.Team);
    }

    private IQueryable<User> InTeams(IQueryable<User> users, IReadOnlyList<NameOrId> wanted)
    {
        var ids = wanted.Where(t => t.Id is not null).Select(t => t.Id!.Value).ToArray();
        var keys = wanted.Where(t => t.Name is not null).Select(t => t.Name!.ToLowerInvariant()).ToArray();
        var teams = db.Set<Team>().Where(t => ids.Contains(t.Id) || keys.Contains(t.NameKey));
        return users.Where(u => teams.Any(t => t.IsPublic || db.Set<TeamMember>().Any(m => m.TeamId == t.Id && m.UserId == u.Id)));
    }

    private async Task<IReadOnlyList<UserView>> ShowAsync(IReadOnlyList<User> users, CancellationToken cancel)
    {
        var ids = users.Select(u => u.Id).ToArray();
        var teams = await db.Set<Team>().Where(t => !t.IsPublic)
            .Join(db.Set<TeamMember>().Where(m => ids.Contains(m.UserId)), t => t.Id, m => m.TeamId, (t, m) => new { m.UserId, t.Name, t.NameKey })
            .OrderBy(t => t.NameKey).ToListAsync(cancel);
        var byUser = teams.ToLookup(t => t.UserId, t => t.Name);
        return [.. users.Select(u => new UserView(u.Id, u.Created, u.UserId, u.UserName, u.Email, u.Name, u.UserType, u.Role, u.Deactivated,
            [Team.PublicName, .. byUser[u.Id]], u.CreatedById))];
    }
}
