using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Checks;

/// <summary>A rule with its values, on a container; or a template of such, which belongs to no container.</summary>
internal sealed class QualityCheck
{
    public long Id { get; init; }
    /// <summary>Null for templates. Never changes.</summary>
    public long? ContainerId { get; init; }
    /// <summary>One of the rule catalogue's names, such as <c>notNull</c>. Never changes.</summary>
    public required string RuleType { get; init; }
    public required string Description { get; set; }
    /// <summary>The share of asserted records that must pass, 0 to 1; null where the rule has none.</summary>
    public double? Coverage { get; set; }
    /// <summary>A condition in Spark SQL that says which records are asserted; null for all.</summary>
    public string? Filter { get; set; }
    /// <summary>The rule's values as a JSON object; null where it has none.</summary>
    public string? Properties { get; set; }
    public string? AdditionalMetadata { get; set; }
    /// <summary>One of <see cref="CheckStatus"/>.</summary>
    public required string Status { get; set; }
    /// <summary>When it was archived; null for a live one.</summary>
    public DateTime? DeletedAt { get; set; }
    /// <summary>Whether a profile found it and keeps it up to date.</summary>
    public bool Inferred { get; set; }
    public bool IsTemplate { get; init; }
    /// <summary>For templates whether its checks follow it.</summary>
    public bool TemplateLocked { get; set; }
    public long? TemplateId { get; set; }
    public long? OwnerId { get; set; }
    public long? DefaultAnomalyAssigneeId { get; set; }
    /// <summary>The field whose value is a record anomaly's message; null for the generated one.</summary>
    public string? AnomalyMessageField { get; set; }
    /// <summary>For <c>expectedSchema</c> the types that the listed fields had when the check was saved, as a JSON object by name.</summary>
    public string? ExpectedTypes { get; set; }
    /// <summary>What makes two checks of a container equal: see <see cref="CheckIdentity"/>.</summary>
    public string Identity { get; set; } = "";
    public DateTime Created { get; init; }
    public long? CreatedById { get; init; }
    public DateTime LastUpdated { get; set; }
    public long? LastEditorId { get; set; }
    /// <summary>When a scan last asserted it, and whether it passed then.</summary>
    public DateTime? LastAsserted { get; set; }
    public bool? IsPassing { get; set; }
    /// <summary>How many container scans have asserted it.</summary>
    public long NumContainerScans { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<QualityCheck>
    {
        public void Configure(EntityTypeBuilder<QualityCheck> builder) => builder.ToTable("quality_checks").HasKey(c => c.Id);
    }
}
