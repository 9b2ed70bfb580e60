using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Secrets;

/// <summary>A key that seals secrets, itself wrapped by a master key. The newest one seals; older ones only open.</summary>
internal sealed class DataKey
{
    public long Id { get; init; }
    public required string MasterKeyId { get; set; }
    public required string Wrapped { get; set; }
    public DateTime Created { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DataKey>
    {
        public void Configure(EntityTypeBuilder<DataKey> builder) => builder.ToTable("data_keys").HasKey(k => k.Id);
    }
}
