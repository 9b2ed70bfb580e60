using Assay.Server.Users;

namespace Assay.Server.Tokens;

/// <summary>A token, without the token itself.</summary>
/// <param name="Created">When it was made.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Active">False once revoked. An expired token is still active in this sense; see <c>expiration</c>.</param>
/// <param name="Expiration">When it expires; null for never.</param>
/// <param name="LastUsed">When it was last used; null for never.</param>
/// <param name="ScimEndpointsOnly">True where it works under <c>/api/scim/v2</c> only.</param>
/// <param name="User">Whose token it is.</param>
internal record TokenView(DateTime Created, long Id, string Name, bool Active, DateTime? Expiration, DateTime? LastUsed, bool ScimEndpointsOnly, UserStub User);

/// <summary>A token just made: the only answer that ever shows it.</summary>
/// <param name="BearerToken">The token, to be sent as <c>Authorization: Bearer …</c>. It is not stored and cannot be shown again.</param>
internal sealed record NewTokenView(DateTime Created, long Id, string Name, bool Active, DateTime? Expiration, DateTime? LastUsed, bool ScimEndpointsOnly, UserStub User,
    string BearerToken) : TokenView(Created, Id, Name, Active, Expiration, LastUsed, ScimEndpointsOnly, User);
