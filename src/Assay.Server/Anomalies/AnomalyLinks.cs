using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Anomalies;

/// <summary>A tag of an anomaly's own.</summary>
internal sealed class AnomalyTag
{
    public long AnomalyId { get; init; }
    public long TagId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AnomalyTag>
    {
        public void Configure(EntityTypeBuilder<AnomalyTag> builder) => builder.ToTable("anomaly_tags").HasKey(t => new { t.AnomalyId, t.TagId });
    }
}

/// <summary>Someone who is to look after an anomaly.</summary>
internal sealed class AnomalyAssignee
{
    public long AnomalyId { get; init; }
    public long UserId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AnomalyAssignee>
    {
        public void Configure(EntityTypeBuilder<AnomalyAssignee> builder) => builder.ToTable("anomaly_assignees").HasKey(a => new { a.AnomalyId, a.UserId });
    }
}

/// <summary>What someone says about an anomaly.</summary>
internal sealed class AnomalyComment
{
    public long Id { get; init; }
    public long AnomalyId { get; init; }
    public long? UserId { get; init; }
    public required string Message { get; set; }
    public DateTime Created { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AnomalyComment>
    {
        public void Configure(EntityTypeBuilder<AnomalyComment> builder) => builder.ToTable("anomaly_comments").HasKey(c => c.Id);
    }
}
