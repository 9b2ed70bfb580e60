using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Masking;

/// <summary>One occasion on which somebody was shown values of masked fields.</summary>
internal sealed class MaskingReveal
{
    public const string Container = "container", Anomaly = "anomaly", FieldProfile = "field_profile";
    public const string View = "view", Download = "download", Export = "export", Materialize = "materialize";

    public long Id { get; init; }
    public DateTime Created { get; init; }
    public long UserId { get; init; }
    /// <summary><c>view</c>, <c>download</c>, or the operation that wrote them into an enrichment store: <c>export</c> or <c>materialize</c>.</summary>
    public required string Action { get; init; }
    /// <summary><c>container</c>, <c>anomaly</c> or <c>field_profile</c>.</summary>
    public required string ResourceType { get; init; }
    public long ResourceId { get; init; }
    /// <summary>The names of the masked fields, as JSON.</summary>
    public required string Fields { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MaskingReveal>
    {
        public void Configure(EntityTypeBuilder<MaskingReveal> builder) => builder.ToTable("masking_reveals").HasKey(r => r.Id);
    }
}
