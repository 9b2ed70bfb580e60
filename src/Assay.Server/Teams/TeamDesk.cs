using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Users;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Teams;

/// <summary>Makes, changes and deletes teams.</summary>
internal sealed class TeamDesk(AssayDb db, TeamRoster roster, UserDirectory users, TeamDatastores datastores, TeamViews views, TimeProvider clock)
{
    public async Task<Outcome<TeamView>> CreateAsync(CreateTeamRequest request, Caller caller, CancellationToken cancel) =>
        await ShowAsync(await db.InTransactionAsync(() => AddAsync(request, caller, cancel), cancel), cancel);

    public async Task<Outcome<TeamView>> UpdateAsync(long id, UpdateTeamRequest request, Caller caller, CancellationToken cancel) =>
        await ShowAsync(await db.InTransactionAsync(() => ChangeAsync(id, request, caller, cancel), cancel), cancel);

    /// <summary>Null when deleted. The team's datastores lose only this team; those in no other team are left to Managers and Admins.</summary>
    public async Task<Failure?> DeleteAsync(long id, Caller caller, CancellationToken cancel) =>
        (await db.InTransactionAsync(() => RemoveAsync(id, caller, cancel), cancel)).Failure;

    private async Task<Outcome<TeamView>> ShowAsync(Outcome<Team> outcome, CancellationToken cancel) =>
        outcome.Try(out var team, out var failure) ? await views.FindAsync(team.Id, cancel) : failure;

    private async Task<Outcome<Team>> AddAsync(CreateTeamRequest request, Caller caller, CancellationToken cancel)
    {
        await db.TakeLockAsync(StoreLock.People, cancel);
        var name = request.Name.Trim();
        var team = new Team
        {
            Name = name,
            NameKey = name.ToLowerInvariant(),
            Description = request.Description,
            Permission = Enum.Parse<TeamPermission>(request.Permission),
            Created = clock.UtcNow(),
        };
        if (await TakenAsync(team, cancel) is { } taken) return taken;
        db.Add(team);
        await db.SaveChangesAsync(cancel);
        var changes = TeamChanges.OfNew(team);
        if (await FillAsync(team, request.Users, request.Datastores, changes, cancel) is { } failure) return failure;
        await NoteAsync(team.Id, Change.Insert, changes, caller, cancel);
        return team;
    }

    private async Task<Outcome<Team>> ChangeAsync(long id, UpdateTeamRequest request, Caller caller, CancellationToken cancel)
    {
        await db.TakeLockAsync(StoreLock.People, cancel);
        if (await db.Set<Team>().SingleOrDefaultAsync(t => t.Id == id, cancel) is not { } team) return Failure.NotFound("Team", id);
        if (team.IsPublic && request.Name is { } other && other.Trim() != team.Name) return Failure.Conflict("The Public team cannot be renamed");
        var before = TeamChanges.Snapshot(team);
        if (request.Name is { } name)
        {
            team.Name = name.Trim();
            team.NameKey = team.Name.ToLowerInvariant();
        }
        if (request.Sent(nameof(request.Description))) team.Description = request.Description;
        if (request.Permission is { } permission) team.Permission = Enum.Parse<TeamPermission>(permission);
        if (await TakenAsync(team, cancel) is { } taken) return taken;
        var changes = TeamChanges.Between(before, team);
        if (await FillAsync(team, request.Users, request.Datastores, changes, cancel) is { } failure) return failure;
        await NoteAsync(id, Change.Update, changes, caller, cancel);
        return team;
    }

    private async Task<Outcome<Team>> RemoveAsync(long id, Caller caller, CancellationToken cancel)
    {
        await db.TakeLockAsync(StoreLock.People, cancel);
        if (await db.Set<Team>().SingleOrDefaultAsync(t => t.Id == id, cancel) is not { } team) return Failure.NotFound("Team", id);
        if (team.IsPublic) return Failure.Conflict("The Public team cannot be deleted");
        await db.Set<Team>().Where(t => t.Id == id).ExecuteDeleteAsync(cancel);
        await NoteAsync(id, Change.Delete, new Changeset().Add("name", team.Name, null), caller, cancel);
        return team;
    }

    private async Task NoteAsync(long id, string verb, Changeset changes, Caller caller, CancellationToken cancel)
    {
        if (!changes.IsEmpty) db.Add(Change.Of("team", id, verb, changes.Json, caller, clock.UtcNow()));
        await db.SaveChangesAsync(cancel);
    }

    private async Task<Failure?> FillAsync(Team team, IReadOnlyList<NameOrId>? members, IReadOnlyList<NameOrId>? stores, Changeset changes, CancellationToken cancel)
    {
        if (members is not null)
        {
            if (!(await SeatAsync(team, members, cancel)).Try(out var seats, out var unseated)) return unseated;
            changes.AddList("users", seats.Left, seats.Joined);
        }
        if (stores is null) return null;
        if (!(await datastores.FindAsync(stores, cancel)).Try(out var found, out var unknown)) return unknown;
        var moves = await roster.HandOverAsync(team.Id, found, cancel);
        changes.AddList("datastores", moves.Left, moves.Joined);
        return null;
    }

    private async Task<Outcome<Moves>> SeatAsync(Team team, IReadOnlyList<NameOrId> members, CancellationToken cancel)
    {
        if (!(await users.FindAsync(members, cancel)).Try(out var found, out var unknown)) return unknown;
        if (!team.IsPublic) return await roster.SeatAsync(team.Id, found.Select(u => u.Id), cancel);
        // Public's members sent back as they were read change nothing.
        return found.Count == await db.Set<User>().CountAsync(cancel) ? Moves.None : Failure.Conflict("Everyone belongs to the Public team; its users cannot be changed");
    }

    private async Task<Failure?> TakenAsync(Team team, CancellationToken cancel) =>
        await db.Set<Team>().AnyAsync(t => t.NameKey == team.NameKey && t.Id != team.Id, cancel)
            ? Failure.Conflict($"Team name: '{team.Name}' already exists") : null;
}
