using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Datastores;

/// <summary>A user's mark on a datastore.</summary>
internal sealed class Favorite
{
    public long UserId { get; init; }
    public long DatastoreId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Favorite>
    {
        public void Configure(EntityTypeBuilder<Favorite> builder) =>
            builder.ToTable("datastore_favorites").HasKey(f => new { f.UserId, f.DatastoreId });
    }
}
