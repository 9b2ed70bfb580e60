using Assay.Server.Identity;
using Assay.Server.Users;

namespace Assay.Server.OpenApi;

/// <summary>Who may use a route, in words.</summary>
internal static class PermissionText
{
    public static string Of(Permission permission) => permission switch
    {
        { Role: null } => "**Permission:** none; no token is needed.",
        { Team: { } team, ManagersPass: true } => $"**Permission:** the {team} team permission on the datastore, or the Manager role.",
        { Team: { } team, Role: Role.Member } => $"**Permission:** the {team} team permission on the datastore.",
        { Team: { } team, Role: { } role } => $"**Permission:** {role}, with the {team} team permission on the datastore.",
        { Role: { } role } => $"**Permission:** {role}.",
    };
}
