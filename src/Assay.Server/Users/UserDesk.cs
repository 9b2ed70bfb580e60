using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Users;

/// <summary>Makes and changes users. They are never deleted: what they did stays theirs.</summary>
internal sealed class UserDesk(AssayDb db, TeamRoster roster, UserViews views, Authenticator authenticator, TimeProvider clock)
{
    public async Task<Outcome<UserView>> CreateAsync(CreateUserRequest request, Caller caller, CancellationToken cancel) =>
        await ShowAsync(await db.InTransactionAsync(() => AddAsync(request, caller, cancel), cancel), cancel);

    public async Task<Outcome<UserView>> UpdateAsync(long id, UpdateUserRequest request, Caller caller, CancellationToken cancel)
    {
        var outcome = await db.InTransactionAsync(() => ChangeAsync(id, request, caller, cancel), cancel);
        authenticator.Forget();
        return await ShowAsync(outcome, cancel);
    }

    private async Task<Outcome<UserView>> ShowAsync(Outcome<User> outcome, CancellationToken cancel) =>
        outcome.Try(out var user, out var failure) ? await views.FindAsync(user.Id, cancel) : failure;

    private async Task<Outcome<User>> AddAsync(CreateUserRequest request, Caller caller, CancellationToken cancel)
    {
        if (!(request.UserType == nameof(UserType.Human) ? UserNames.OfPerson(request) : UserNames.OfService(request)).Try(out var userId, out var invalid))
            return invalid;
        await db.TakeLockAsync(StoreLock.People, cancel);
        var user = new User
        {
            UserId = userId,
            UserName = userId,
            Email = request.Email,
            Name = request.Name.Trim(),
            UserType = Enum.Parse<UserType>(request.UserType),
            Role = Enum.Parse<Role>(request.Role),
            Created = clock.UtcNow(),
            CreatedById = caller.Id,
        };
        if (await TakenAsync(user, cancel) is { } taken) return taken;
        db.Add(user);
        await db.SaveChangesAsync(cancel);
        if (!(await JoinAsync(user.Id, request.Teams, cancel)).Try(out var moves, out var unknown)) return unknown;
        await NoteAsync(user.Id, Change.Insert, UserChanges.OfNew(user, moves), caller, cancel);
        return user;
    }

    private async Task<Outcome<User>> ChangeAsync(long id, UpdateUserRequest request, Caller caller, CancellationToken cancel)
    {
        await db.TakeLockAsync(StoreLock.People, cancel);
        if (await db.Set<User>().SingleOrDefaultAsync(u => u.Id == id, cancel) is not { } user) return Failure.NotFound("User", id);
        var before = UserChanges.Snapshot(user);
        if (request.Name is { } name) user.Name = name.Trim();
        if (request.Role is { } role) user.Role = Enum.Parse<Role>(role);
        if (request.Deactivated is { } deactivated) user.Deactivated = deactivated;
        if (request.Sent(nameof(request.Email)) && UserNames.ChangeEmail(user, request.Email) is { } invalid) return invalid;
        if (before is { Role: Role.Admin, Deactivated: false } && user is not { Role: Role.Admin, Deactivated: false } && !await OthersGovernAsync(id, cancel))
            return Failure.Conflict($"The user id: {id} is the last active administrator");
        if (await TakenAsync(user, cancel) is { } taken) return taken;
        if (!(await JoinAsync(id, request.Teams, cancel)).Try(out var moves, out var unknown)) return unknown;
        await NoteAsync(id, Change.Update, UserChanges.Between(before, user, moves), caller, cancel);
        return user;
    }

    private async Task<Outcome<Moves>> JoinAsync(long id, IReadOnlyList<NameOrId>? teams, CancellationToken cancel) =>
        teams is null ? Moves.None : await roster.JoinAsync(id, teams, cancel);

    private async Task NoteAsync(long id, string verb, Changeset changes, Caller caller, CancellationToken cancel)
    {
        if (!changes.IsEmpty) db.Add(Change.Of("user", id, verb, changes.Json, caller, clock.UtcNow()));
        await db.SaveChangesAsync(cancel);
    }

    private Task<bool> OthersGovernAsync(long id, CancellationToken cancel) =>
        db.Set<User>().AnyAsync(u => u.Id != id && u.Role == Role.Admin && !u.Deactivated, cancel);

    private async Task<Failure?> TakenAsync(User user, CancellationToken cancel)
    {
        if (await db.Set<User>().AnyAsync(u => u.Id != user.Id && u.UserId == user.UserId, cancel))
            return Failure.Conflict($"User id: '{user.UserId}' already exists");
        return user.EmailKey is { } key && await db.Set<User>().AnyAsync(u => u.Id != user.Id && u.EmailKey == key, cancel)
            ? Failure.Conflict($"User email: '{user.Email}' already exists") : null;
    }
}
