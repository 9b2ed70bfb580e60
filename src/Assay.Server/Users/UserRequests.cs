using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Users;

/// <summary>The body of <c>POST /api/users</c>: a service account unless <c>user_type</c> says otherwise.</summary>
internal sealed record CreateUserRequest : JsonRequest
{
    [Description("What the user is called. A service account's user_id is made from it.")]
    [Required, StringLength(255, MinimumLength = 1)]
    public string Name { get; set; } = "";

    [Description("What the user may do everywhere.")]
    [Required, OneOf("Admin", "Manager", "Member")]
    public string Role { get; set; } = "";

    [Description("Names or ids of the teams to join. Public needs no mention: everyone belongs to it.")]
    public IReadOnlyList<NameOrId>? Teams { get; set; }

    [Description("Service for a service account (the default), Human for a person.")]
    [OneOf("Service", "Human"), NotNull]
    public string UserType { get; set; } = "Service";

    [Description("A person's e-mail address. Unique.")]
    [StringLength(254, MinimumLength = 3)]
    public string? Email { get; set; }

    [Description("A person's sign-in name; their e-mail address in lower case unless given. Unique.")]
    [StringLength(255, MinimumLength = 1)]
    public string? UserId { get; set; }
}

/// <summary>The body of <c>PUT /api/users/{id}</c>: what is left out stays as it is; members that cannot be changed are ignored.</summary>
internal sealed record UpdateUserRequest : JsonRequest
{
    [Description("What the user is called. The user_id stays.")]
    [StringLength(255, MinimumLength = 1), NotNull]
    public string? Name { get; set; }

    [Description("What the user may do everywhere. The last active administrator keeps theirs.")]
    [OneOf("Admin", "Manager", "Member"), NotNull]
    public string? Role { get; set; }

    [Description("Names or ids of all teams the user shall belong to besides Public; null leaves them alone.")]
    public IReadOnlyList<NameOrId>? Teams { get; set; }

    [Description("A person's e-mail address; null removes it.")]
    [StringLength(254, MinimumLength = 3)]
    public string? Email { get; set; }

    [Description("true shuts the user out at once, with all their tokens; false lets them in again.")]
    [NotNull]
    public bool? Deactivated { get; set; }
}
