using Assay.Quality.Profiling;
using Assay.Server.Operations.Profile;
using Assay.Server.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Profiles;

/// <summary>A partition that a profile read, as it was then: it may be gone now.</summary>
internal sealed class PartitionProfile
{
    public long Id { get; init; }
    public long ContainerProfileId { get; init; }
    public required string Name { get; init; }
    public string? Location { get; init; }
    /// <summary>Bytes.</summary>
    public long? PartitionSize { get; init; }
    public DateTime? Modified { get; init; }
    /// <summary>Its rows that were computed on; null where the source does not tell which partition a row is of.</summary>
    public long? RecordsProcessed { get; init; }

    public static IEnumerable<PartitionProfile> Of(ContainerProfile profile, StoredContainer stored, ContainerFields found, ProfileRead how)
    {
        var known = stored.Partitions.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var counts = Counts(stored, found);
        return Names(stored, found, how).Select(name => (Name: name, Known: known.GetValueOrDefault(name))).Select(p => new PartitionProfile
        {
            ContainerProfileId = profile.Id,
            Name = p.Name,
            Location = p.Known?.Location,
            PartitionSize = p.Known?.PartitionSize,
            Modified = p.Known?.Modified,
            RecordsProcessed = counts is null ? null : counts.GetValueOrDefault(p.Name),
        });
    }

    /// <summary>The partitions with rows among those read, and where all were read those too that had none.</summary>
    public static IReadOnlyList<string> Names(StoredContainer stored, ContainerFields found, ProfileRead how)
    {
        var counts = Counts(stored, found);
        var known = how.After is null || counts is null ? stored.Partitions.Select(p => p.Name) : [];
        return [.. known.Concat(counts?.Keys ?? Enumerable.Empty<string>()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, long>? Counts(StoredContainer stored, ContainerFields found) => found.Partitions is { } told
        ? told.ToDictionary(p => p.Name, p => p.Records, StringComparer.Ordinal)
        : stored.Partitions is [var only] ? new() { [only.Name] = found.Rows } : null;

    internal sealed class Configuration : IEntityTypeConfiguration<PartitionProfile>
    {
        public void Configure(EntityTypeBuilder<PartitionProfile> builder) => builder.ToTable("partition_profiles").HasKey(p => p.Id);
    }
}
