using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Users;

/// <summary>The parameters of <c>GET /api/users</c>.</summary>
internal sealed record UserFilter : Paging
{
    [Description("Exact name.")]
    public string? Name { get; set; }

    [Description("Part of the name, e-mail address or user_id, in any case.")]
    public string? Search { get; set; }

    [Description("Roles; repeat the key for several.")]
    [OneOf("Admin", "Manager", "Member")]
    public IReadOnlyList<string>? Role { get; set; }

    [Description("Human or Service.")]
    [OneOf("Human", "Service")]
    public string? UserType { get; set; }

    [Description("Members of any of these teams, by name or id; repeat the key for several.")]
    public IReadOnlyList<NameOrId>? Team { get; set; }

    [Description("Deactivated (true) or active (false) users only; both unless given.")]
    public bool? Deactivated { get; set; }

    [Description("Sort by name.")]
    [OneOf("asc", "desc")]
    public string? SortName { get; set; }

    [Description("Sort by role.")]
    [OneOf("asc", "desc")]
    public string? SortRole { get; set; }

    [Description("Sort by time of creation.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }
}

/// <summary>The parameters of <c>GET /api/users/listing</c>.</summary>
internal sealed record UserListingFilter
{
    [Description("Human or Service; both unless given.")]
    [OneOf("Human", "Service")]
    public string? Type { get; set; }
}
