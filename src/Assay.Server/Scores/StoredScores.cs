using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Scores;

/// <summary>A score and its eight dimensions, 0 to 100 each; null where there is nothing to say.</summary>
internal abstract class StoredScore
{
    public DateTime Calculated { get; init; }
    public double? Total { get; init; }
    public double? Completeness { get; init; }
    public double? Coverage { get; init; }
    public double? Conformity { get; init; }
    public double? Consistency { get; init; }
    public double? Precision { get; init; }
    public double? Timeliness { get; init; }
    public double? Volumetrics { get; init; }
    public double? Accuracy { get; init; }
}

/// <summary>The score of a container, or of a datastore, as it was last on one day. The latest is the current one.</summary>
internal sealed class DailyScore : StoredScore
{
    /// <summary>0 for the datastore itself.</summary>
    public long ContainerId { get; init; }
    public long DatastoreId { get; init; }
    /// <summary>Days since 1970-01-01 UTC.</summary>
    public long Day { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DailyScore>
    {
        public void Configure(EntityTypeBuilder<DailyScore> builder) => builder.ToTable("quality_scores").HasKey(s => new { s.ContainerId, s.DatastoreId, s.Day });
    }
}

/// <summary>The current score of a field.</summary>
internal sealed class FieldScore : StoredScore
{
    public long FieldId { get; init; }
    public long ContainerId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FieldScore>
    {
        public void Configure(EntityTypeBuilder<FieldScore> builder) => builder.ToTable("field_scores").HasKey(s => s.FieldId);
    }
}
