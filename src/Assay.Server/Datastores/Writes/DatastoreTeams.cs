using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Users;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Datastores.Writes;

/// <summary>The teams that reach a datastore: found or made by name, checked against what the caller may give, and set. Works in the caller's transaction.</summary>
internal sealed class DatastoreTeams(AssayDb db, TeamRoster roster, TimeProvider clock)
{
    /// <summary>The teams a new datastore gets; Public where none are named. The caller must be Editor in one of them.</summary>
    public async Task<Outcome<IReadOnlyList<Team>>> ForNewAsync(IReadOnlyList<NameOrId>? wanted, Caller caller, CancellationToken cancel)
    {
        if (!(await ResolveAsync(wanted is { Count: > 0 } ? wanted : [new NameOrId(null, Team.PublicName)], cancel)).Try(out var teams, out var failure)) return failure;
        return await IsEditorAsync(teams, caller, cancel) ? teams.ToArray() : Refusal(teams);
    }

    /// <summary>Links a new datastore to its teams.</summary>
    public void Add(long datastoreId, IReadOnlyList<Team> teams) =>
        db.AddRange(teams.OrderBy(t => t.Id).Select(t => new TeamDatastore { TeamId = t.Id, DatastoreId = datastoreId }));

    /// <summary>
    /// Makes these the datastore's teams. Callers below Admin must stay Editor in one of them, and cannot let in a team that they do not belong to.
    /// </summary>
    /// <returns>Whether anything changed.</returns>
    public async Task<Outcome<bool>> ReplaceAsync(long datastoreId, IReadOnlyList<NameOrId> wanted, Caller caller, CancellationToken cancel)
    {
        var known = await db.Set<Team>().Select(t => t.Id).ToListAsync(cancel);
        if (!(await ResolveAsync(wanted, cancel)).Try(out var teams, out var failure)) return failure;
        var present = await db.Set<TeamDatastore>().Where(t => t.DatastoreId == datastoreId).ToListAsync(cancel);
        var added = teams.Where(t => present.All(p => p.TeamId != t.Id)).ToArray();
        var removed = present.Where(p => teams.All(t => t.Id != p.TeamId)).ToArray();
        if (added.Length == 0 && removed.Length == 0) return false;
        if (!await IsEditorAsync(teams, caller, cancel)) return Refusal(teams);
        if (await OutsideAsync(added.Where(t => known.Contains(t.Id)), caller, cancel) is { Length: > 0 } outside)
            return Failure.Forbidden($"You cannot add teams outside your access: [{string.Join(", ", outside.Select(n => $"'{n}'"))}]; only administrators can");
        db.RemoveRange(removed.OrderBy(t => t.TeamId));
        Add(datastoreId, added);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private async Task<Outcome<IReadOnlyList<Team>>> ResolveAsync(IReadOnlyList<NameOrId> wanted, CancellationToken cancel)
    {
        // In order of the key, so that two requests that make the same teams wait for each other instead of deadlocking.
        foreach (var name in wanted.Where(w => w.Name is not null).Select(w => w.Name!.Trim()).DistinctBy(n => n.ToLowerInvariant()).OrderBy(n => n.ToLowerInvariant(), StringComparer.Ordinal))
        {
            var (key, permission, created) = (name.ToLowerInvariant(), (int)TeamPermission.Reporter, Microseconds.From(clock.UtcNow()));
            if (!await db.Set<Team>().AnyAsync(t => t.NameKey == key, cancel))
                await db.Database.ExecuteSqlAsync($"INSERT INTO teams (name, name_key, permission, is_public, created) VALUES ({name}, {key}, {permission}, FALSE, {created}) ON CONFLICT (name_key) DO NOTHING", cancel);
        }
        return await roster.FindAsync(wanted, cancel);
    }

    private async Task<bool> IsEditorAsync(IEnumerable<Team> teams, Caller caller, CancellationToken cancel)
    {
        if (caller.Is(Role.Admin)) return true;
        var editing = teams.Where(t => t.Permission >= TeamPermission.Editor).ToArray();
        return editing.Length > (await OutsideAsync(editing, caller, cancel)).Length;
    }

    /// <summary>The names of those teams that the caller does not belong to; none for Admins, who belong everywhere.</summary>
    private async Task<string[]> OutsideAsync(IEnumerable<Team> teams, Caller caller, CancellationToken cancel)
    {
        if (caller.Is(Role.Admin)) return [];
        var mine = await db.Set<TeamMember>().Where(m => m.UserId == caller.Id).Select(m => m.TeamId).ToListAsync(cancel);
        return [.. teams.Where(t => !t.IsPublic && !mine.Contains(t.Id)).Select(t => t.Name)];
    }

    private static Failure Refusal(IEnumerable<Team> teams) => TeamRefusal.For(TeamPermission.Editor, teams.Select(t => t.Name).Order(StringComparer.Ordinal));
}
