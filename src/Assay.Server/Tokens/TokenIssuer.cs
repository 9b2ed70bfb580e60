using System.Globalization;
using Assay.Server.Store;
using Assay.Server.Users;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assay.Server.Tokens;

/// <summary>Makes tokens in JWT form: clients read their expiry without asking, Assay finds them by their hash.</summary>
internal sealed class TokenIssuer(TokenKey key, TimeProvider clock)
{
    /// <summary>A new token and the row to store for it. The text is not kept anywhere.</summary>
    public (string Text, UserToken Row) Issue(User user, string name, TimeSpan? life, bool scimOnly = false)
    {
        var now = clock.UtcNow();
        DateTime? expires = life is null ? null : now + life.Value;
        var text = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "assay",
            IssuedAt = now,
            Expires = expires,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = user.Id.ToString(CultureInfo.InvariantCulture),
                ["jti"] = Guid.NewGuid().ToString("N"),
            },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(key.Bytes), SecurityAlgorithms.HmacSha256),
        });
        return (text, new UserToken
        {
            UserId = user.Id,
            Name = name,
            Hash = key.Hash(text),
            Created = now,
            Expiration = expires,
            ScimEndpointsOnly = scimOnly,
        });
    }
}
