using Assay.Server.History;
using Assay.Server.Teams;

namespace Assay.Server.Users;

/// <summary>What changed in a user, for the activity log.</summary>
internal static class UserChanges
{
    public sealed record State(string Name, string? Email, Role Role, bool Deactivated);

    public static State Snapshot(User user) => new(user.Name, user.Email, user.Role, user.Deactivated);

    public static Changeset OfNew(User user, Moves teams) => new Changeset()
        .Add("user_id", null, user.UserId).Add("user_type", null, user.UserType.ToString()).Add("name", null, user.Name)
        .Add("email", null, user.Email).Add("role", null, user.Role.ToString()).AddList("teams", teams.Left, teams.Joined);

    public static Changeset Between(State before, User after, Moves teams) => new Changeset()
        .Add("name", before.Name, after.Name).Add("email", before.Email, after.Email).Add("role", before.Role, after.Role)
        .Add("deactivated", before.Deactivated, after.Deactivated).AddList("teams", teams.Left, teams.Joined);
}
