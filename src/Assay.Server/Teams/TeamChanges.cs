using Assay.Server.History;

namespace Assay.Server.Teams;

/// <summary>What changed in a team itself, for the activity log; its users and datastores are added as they move.</summary>
internal static class TeamChanges
{
    public sealed record State(string Name, string? Description, TeamPermission Permission);

    public static State Snapshot(Team team) => new(team.Name, team.Description, team.Permission);

    public static Changeset OfNew(Team team) => new Changeset()
        .Add("name", null, team.Name).Add("description", null, team.Description).Add("permission", null, team.Permission.ToString());

    public static Changeset Between(State before, Team after) => new Changeset()
        .Add("name", before.Name, after.Name).Add("description", before.Description, after.Description).Add("permission", before.Permission, after.Permission);
}
