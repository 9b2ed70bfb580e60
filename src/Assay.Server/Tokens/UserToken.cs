using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Tokens;

/// <summary>A personal or service token. Only its keyed hash is stored: the token itself is shown once, when it is made.</summary>
internal sealed class UserToken
{
    public long Id { get; init; }
    public long UserId { get; init; }
    public required string Name { get; set; }
    /// <summary>HMAC-SHA256 of the whole token, hex; the key is sealed by the vault, so that the database alone cannot mint tokens.</summary>
    public required string Hash { get; init; }
    public DateTime Created { get; init; }
    public DateTime? Expiration { get; init; }
    public bool Revoked { get; set; }
    public bool ScimEndpointsOnly { get; init; }
    public DateTime? LastUsed { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<UserToken>
    {
        public void Configure(EntityTypeBuilder<UserToken> builder) => builder.ToTable("user_tokens").HasKey(t => t.Id);
    }
}
