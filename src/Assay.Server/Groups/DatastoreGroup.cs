using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Groups;

/// <summary>A heading under which users arrange datastores. It never changes permissions.</summary>
internal sealed class DatastoreGroup
{
    public const string DefaultIcon = "mdi-bookmark-box-outline";

    public long Id { get; init; }
    public required string Name { get; set; }
    /// <summary>The name in lower case: names are unique without regard to case.</summary>
    public required string NameKey { get; set; }
    public required string Icon { get; set; }
    public DateTime Created { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DatastoreGroup>
    {
        public void Configure(EntityTypeBuilder<DatastoreGroup> builder) => builder.ToTable("datastore_groups").HasKey(g => g.Id);
    }
}
