using Assay.Server.Teams;
using Assay.Server.Web.Responses;

namespace Assay.Server.Identity;

/// <summary>The fixed wording of a missing team permission, teams listed as the reference lists them.</summary>
internal static class TeamRefusal
{
    public static Failure For(TeamPermission needed, IEnumerable<string> teams) => Failure.Forbidden(
        $"You must have {needed.ToString().ToLowerInvariant()} permission in at least one of these teams: [{string.Join(", ", teams.Select(t => $"'{t}'"))}]");
}
