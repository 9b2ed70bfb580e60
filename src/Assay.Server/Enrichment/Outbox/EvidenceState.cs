using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Enrichment.Outbox;

/// <summary>How an enrichment store takes what is written to it, and which process is at it.</summary>
internal sealed class EvidenceState
{
    /// <summary>The enrichment store.</summary>
    public long DatastoreId { get; init; }
    /// <summary>Tries that failed since the last one that did not.</summary>
    public long Failures { get; init; }
    /// <summary>Why the last of them failed.</summary>
    public string? Message { get; init; }
    public DateTime? Failed { get; init; }
    /// <summary>Not before this, in microseconds of the store's clock.</summary>
    public long NextTry { get; init; }
    public DateTime? Delivered { get; init; }
    /// <summary>What was left out at last because the store can never hold it.</summary>
    public string? Notice { get; init; }
    public string? Worker { get; init; }
    public long? LeaseUntil { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<EvidenceState>
    {
        public void Configure(EntityTypeBuilder<EvidenceState> builder) => builder.ToTable("evidence_state").HasKey(s => s.DatastoreId);
    }
}
