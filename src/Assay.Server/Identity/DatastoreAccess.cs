using Assay.Server.Store;
using Assay.Server.Store.Reads;
using Assay.Server.Teams;
using Assay.Server.Users;
using Assay.Server.Web.Responses;
using Dapper;

namespace Assay.Server.Identity;

/// <summary>What a caller may do with one datastore: the best permission over the teams that both share.</summary>
internal sealed class DatastoreAccess(StoreConnections store, StoreReads reads, IEnumerable<IResourceLocator> locators)
{
    /// <summary>The permission of <c>@user</c> on a <c>datastores d</c>, as a column; null for none.</summary>
    public const string Level = """
        (SELECT MAX(t.permission) FROM team_datastores td JOIN teams t ON t.id = td.team_id
         WHERE td.datastore_id = d.id AND (t.is_public OR EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = t.id AND m.user_id = @user)))
        """;

    private const string Sql = $"SELECT {Level} FROM datastores d WHERE d.id = @datastore AND d.deleted IS NULL";

    /// <summary>Whether the datastore exists, and the caller's permission on it (null: none).</summary>
    public ValueTask<(bool Exists, TeamPermission? Level)> OnDatastoreAsync(Caller caller, long datastoreId, CancellationToken cancel) =>
        reads.ReadAsync(Sql, new SqlArguments().Add("@user", caller.Id).Add("@datastore", datastoreId), static rows =>
            !rows.Read() ? (false, (TeamPermission?)null) : (true, rows.IsDBNull(0) ? null : (TeamPermission)rows.GetInt64(0)), cancel);

    /// <summary>
    /// The refusal of a caller who may not do this with the datastore; null for one who may. Routes are decided by their permission;
    /// handlers ask here about datastores that a body names.
    /// </summary>
    /// <param name="notFound">What is answered where the datastore does not exist for the caller.</param>
    public async Task<Failure?> RefuseAsync(
        Caller caller, long datastoreId, TeamPermission needed, Failure notFound, bool managersPass, CancellationToken cancel)
    {
        if (caller.Is(Role.Admin)) return null; // the handler itself says 404 where there is nothing
        return await RefuseAsync(caller, datastoreId, await OnDatastoreAsync(caller, datastoreId, cancel), needed, managersPass, notFound, cancel);
    }

    /// <summary>The same, where it is known already whether the datastore exists, and the caller's permission on it.</summary>
    public async ValueTask<Failure?> RefuseAsync(
        Caller caller, long datastoreId, (bool Exists, TeamPermission? Level) found, TeamPermission needed, bool managersPass, Failure notFound, CancellationToken cancel)
    {
        if (caller.Is(Role.Admin)) return null;
        var (exists, level) = found;
        if (!exists) return notFound;
        if (level >= needed || (managersPass && caller.Is(Role.Manager))) return null;
        // A datastore that a member shares no team with does not exist for them.
        if (level is null && !caller.Is(Role.Manager)) return notFound;
        return TeamRefusal.For(needed, await TeamNamesAsync(datastoreId, cancel));
    }

    /// <summary>The datastore that a route's id leads to, or null where there is none.</summary>
    public ValueTask<long?> DatastoreOfAsync(ResourceKind kind, long id, CancellationToken cancel) => kind == ResourceKind.Datastore
        ? ValueTask.FromResult<long?>(id)
        : locators.First(l => l.Kind == kind).FindDatastoreAsync(id, cancel);

    /// <summary>The names of the teams of a datastore, for the text of a refusal.</summary>
    public async Task<IReadOnlyList<string>> TeamNamesAsync(long datastoreId, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return [.. await connection.QueryAsync<string>(new CommandDefinition(
            "SELECT t.name FROM team_datastores td JOIN teams t ON t.id = td.team_id WHERE td.datastore_id = @id ORDER BY t.name",
            new { id = datastoreId }, cancellationToken: cancel))];
    }
}

/// <summary>Leads from a thing's id to the datastore it belongs to. Each resource folder offers its own.</summary>
internal interface IResourceLocator
{
    ResourceKind Kind { get; }
    /// <summary>How the thing is called in "… id: 9 not found".</summary>
    string Name { get; }
    ValueTask<long?> FindDatastoreAsync(long id, CancellationToken cancel);
}
