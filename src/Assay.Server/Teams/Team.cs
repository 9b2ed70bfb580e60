using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Teams;

/// <summary>What a team's members may do with the team's datastores; each contains the ones before it.</summary>
internal enum TeamPermission { Reporter = 1, Viewer = 2, Drafter = 3, Author = 4, Editor = 5 }

/// <summary>Users and datastores brought together with one permission.</summary>
internal sealed class Team
{
    /// <summary>The team that everyone belongs to without being listed.</summary>
    public const string PublicName = "Public";

    public long Id { get; init; }
    public required string Name { get; set; }
    /// <summary>The name in lower case: names are unique without regard to case.</summary>
    public required string NameKey { get; set; }
    public string? Description { get; set; }
    public TeamPermission Permission { get; set; }
    public bool IsPublic { get; init; }
    public DateTime Created { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Team>
    {
        public void Configure(EntityTypeBuilder<Team> builder)
        {
            builder.ToTable("teams").HasKey(t => t.Id);
            builder.Property(t => t.Permission).HasConversion<int>();
        }
    }
}

internal sealed class TeamMember
{
    public long TeamId { get; init; }
    public long UserId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TeamMember>
    {
        public void Configure(EntityTypeBuilder<TeamMember> builder) => builder.ToTable("team_members").HasKey(m => new { m.TeamId, m.UserId });
    }
}

internal sealed class TeamDatastore
{
    public long TeamId { get; init; }
    public long DatastoreId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TeamDatastore>
    {
        public void Configure(EntityTypeBuilder<TeamDatastore> builder) => builder.ToTable("team_datastores").HasKey(m => new { m.TeamId, m.DatastoreId });
    }
}
