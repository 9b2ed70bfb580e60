using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Users;

/// <summary>What a user may do everywhere; each role contains the ones before it.</summary>
internal enum Role { Member = 1, Manager = 2, Admin = 3 }

internal enum UserType { Human, Service }

/// <summary>A person or a service account.</summary>
internal sealed class User
{
    public long Id { get; init; }
    /// <summary>The sign-in name; for service accounts derived from the name, ending in <c>@service</c>. Unique.</summary>
    public required string UserId { get; set; }
    public required string UserName { get; set; }
    public string? Email { get; set { field = value; EmailKey = value?.ToLowerInvariant(); } }
    /// <summary>The address in lower case: no two users share one, however it is spelt.</summary>
    public string? EmailKey { get; private set; }
    public required string Name { get; set { field = value; NameKey = value.ToLowerInvariant(); } }
    /// <summary>The name in lower case, for search and order. Names are not unique.</summary>
    public string NameKey { get; private set; } = "";
    public UserType UserType { get; set; }
    public Role Role { get; set; }
    public bool Deactivated { get; set; }
    public DateTime Created { get; init; }
    public long? CreatedById { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> builder) => builder.ToTable("users").HasKey(u => u.Id);
    }
}
