using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Teams;

/// <summary>Who belongs to which team. Public is never listed: everyone belongs to it. Works in the caller's transaction.</summary>
internal sealed class TeamRoster(AssayDb db)
{
    /// <summary>The teams that a request names.</summary>
    public async Task<Outcome<IReadOnlyList<Team>>> FindAsync(IReadOnlyList<NameOrId> wanted, CancellationToken cancel)
    {
        var ids = wanted.Where(w => w.Id is not null).Select(w => w.Id!.Value).ToArray();
        var keys = wanted.Where(w => w.Name is not null).Select(w => w.Name!.Trim().ToLowerInvariant()).ToArray();
        var candidates = await db.Set<Team>().AsNoTracking()
            .Where(t => EF.Parameter(ids).Contains(t.Id) || EF.Parameter(keys).Contains(t.NameKey)).ToListAsync(cancel);
        var found = new Dictionary<long, Team>();
        foreach (var reference in wanted)
        {
            var key = reference.Name?.Trim().ToLowerInvariant();
            if (candidates.Find(t => reference.Id is { } id ? t.Id == id : t.NameKey == key) is not { } team) return reference.NotFound("Team");
            found[team.Id] = team;
        }
        return found.Values.ToArray();
    }

    /// <summary>Makes these the user's teams.</summary>
    public async Task<Outcome<Moves>> JoinAsync(long userId, IReadOnlyList<NameOrId> teams, CancellationToken cancel)
    {
        if (!(await FindAsync(teams, cancel)).Try(out var found, out var unknown)) return unknown;
        var present = await db.Set<TeamMember>().Where(m => m.UserId == userId).ToListAsync(cancel);
        return await MoveAsync(present, m => m.TeamId, found.Where(t => !t.IsPublic).Select(t => t.Id), id => new TeamMember { TeamId = id, UserId = userId }, cancel);
    }

    /// <summary>Makes these the team's members.</summary>
    public async Task<Moves> SeatAsync(long teamId, IEnumerable<long> userIds, CancellationToken cancel)
    {
        var present = await db.Set<TeamMember>().Where(m => m.TeamId == teamId).ToListAsync(cancel);
        return await MoveAsync(present, m => m.UserId, userIds, id => new TeamMember { TeamId = teamId, UserId = id }, cancel);
    }

    /// <summary>Makes these the team's datastores.</summary>
    public async Task<Moves> HandOverAsync(long teamId, IEnumerable<long> datastoreIds, CancellationToken cancel)
    {
        var present = await db.Set<TeamDatastore>().Where(d => d.TeamId == teamId).ToListAsync(cancel);
        return await MoveAsync(present, d => d.DatastoreId, datastoreIds, id => new TeamDatastore { TeamId = teamId, DatastoreId = id }, cancel);
    }

    private async Task<Moves> MoveAsync<TLink>(
        IReadOnlyList<TLink> present, Func<TLink, long> key, IEnumerable<long> wanted, Func<long, TLink> link, CancellationToken cancel) where TLink : class
    {
        var ids = wanted.ToHashSet();
        var leaving = present.Where(l => !ids.Contains(key(l))).ToArray();
        var joining = ids.Except(present.Select(key)).Order().ToArray();
        db.RemoveRange(leaving);
        db.AddRange(joining.Select(link));
        await db.SaveChangesAsync(cancel);
        return new Moves([.. leaving.Select(key)], joining);
    }
}

/// <summary>Who left and who joined, as ids.</summary>
internal sealed record Moves(IReadOnlyCollection<long> Left, IReadOnlyCollection<long> Joined)
{
    public static readonly Moves None = new([], []);
}
