using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Tokens;

/// <summary>The body of <c>POST /api/user-tokens</c>.</summary>
internal sealed record CreateTokenRequest : JsonRequest
{
    [Description("What the token is for. Unique per service account.")]
    [Required, StringLength(255, MinimumLength = 1)]
    public string Name { get; set; } = "";

    [Description("Days until it expires; null for never.")]
    [Range(1, 365)]
    public int? ExpiresInDays { get; set; }

    [Description("true for a token that works under /api/scim/v2 only.")]
    [NotNull]
    public bool ScimEndpointsOnly { get; set; }

    [Description("Whose token it is, by id or user_id; the caller's own unless given. Another's needs an Admin.")]
    public NameOrId? UserId { get; set; }
}

/// <summary>The body of <c>PUT /api/user-tokens/{id}</c>.</summary>
internal sealed record RevokeTokenRequest : JsonRequest
{
    [Description("true revokes the token at once, false restores it.")]
    [NotNull]
    public bool Revoke { get; set; } = true;
}
