using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Scores;

/// <summary>How the score of a datastore, or of a container, is made. One has nothing to do with the other.</summary>
internal sealed class ScoreSettings
{
    public const long DefaultDecayDays = 180;

    /// <summary>0 for the datastore itself.</summary>
    public long ContainerId { get; init; }
    public long DatastoreId { get; init; }
    /// <summary>Only what happened in so many days counts.</summary>
    public long DecayPeriodDays { get; set; } = DefaultDecayDays;
    // Null is the default weight.
    public double? CompletenessWeight { get; set; }
    public double? CoverageWeight { get; set; }
    public double? ConformityWeight { get; set; }
    public double? ConsistencyWeight { get; set; }
    public double? PrecisionWeight { get; set; }
    public double? TimelinessWeight { get; set; }
    public double? VolumetricsWeight { get; set; }
    public double? AccuracyWeight { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ScoreSettings>
    {
        public void Configure(EntityTypeBuilder<ScoreSettings> builder) => builder.ToTable("score_settings").HasKey(s => new { s.ContainerId, s.DatastoreId });
    }
}
