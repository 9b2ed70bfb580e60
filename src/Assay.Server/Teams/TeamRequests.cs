using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Teams;

/// <summary>The body of <c>POST /api/teams</c>.</summary>
internal sealed record CreateTeamRequest : JsonRequest
{
    [Description("The team's name. Unique without regard to case.")]
    [Required, StringLength(255, MinimumLength = 1)]
    public string Name { get; set; } = "";

    [Description("What the team is for.")]
    [StringLength(255)]
    public string? Description { get; set; }

    [Description("What members may do with the team's datastores.")]
    [OneOf("Reporter", "Viewer", "Drafter", "Author", "Editor"), NotNull]
    public string Permission { get; set; } = nameof(TeamPermission.Reporter);

    [Description("Members, each by id, user_id, e-mail address or name.")]
    [Alias("user_ids")]
    public IReadOnlyList<NameOrId>? Users { get; set; }

    [Description("The team's datastores, each by id or by a name that only one datastore has.")]
    [Alias("datastore_ids")]
    public IReadOnlyList<NameOrId>? Datastores { get; set; }
}

/// <summary>The body of <c>PUT /api/teams/{id}</c>: what is left out stays as it is; lists replace what was there.</summary>
internal sealed record UpdateTeamRequest : JsonRequest
{
    [Description("The team's name. Unique without regard to case.")]
    [StringLength(255, MinimumLength = 1), NotNull]
    public string? Name { get; set; }

    [Description("What the team is for; null removes it.")]
    [StringLength(255)]
    public string? Description { get; set; }

    [Description("What members may do with the team's datastores.")]
    [OneOf("Reporter", "Viewer", "Drafter", "Author", "Editor"), NotNull]
    public string? Permission { get; set; }

    [Description("All members, each by id, user_id, e-mail address or name; null leaves them alone.")]
    [Alias("user_ids")]
    public IReadOnlyList<NameOrId>? Users { get; set; }

    [Description("All datastores of the team, each by id or by a name that only one datastore has; null leaves them alone.")]
    [Alias("datastore_ids")]
    public IReadOnlyList<NameOrId>? Datastores { get; set; }
}
