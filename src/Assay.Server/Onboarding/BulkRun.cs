using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Onboarding;

/// <summary>A bulk creation that came with an idempotency key.</summary>
internal sealed class BulkRun
{
    public long Id { get; init; }
    /// <summary>Whose key it is.</summary>
    public long UserId { get; init; }
    public required string Key { get; init; }
    /// <summary>A keyed hash of the request, which may hold a password.</summary>
    public required string Digest { get; init; }
    /// <summary>The <see cref="BulkGround"/> as JSON: who goes on with the run builds on the same.</summary>
    public required string Ground { get; init; }
    /// <summary>The <see cref="BulkResult"/> as JSON; null until all is done.</summary>
    public string? Answer { get; init; }
    public DateTime Created { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<BulkRun>
    {
        public void Configure(EntityTypeBuilder<BulkRun> builder) => builder.ToTable("bulk_runs").HasKey(r => r.Id);
    }
}

/// <summary>A datastore that a run has made; stored in the datastore's own transaction.</summary>
internal sealed class BulkRunItem
{
    public long RunId { get; init; }
    /// <summary>Which of the run's places it is for.</summary>
    public long Position { get; init; }
    public long DatastoreId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<BulkRunItem>
    {
        public void Configure(EntityTypeBuilder<BulkRunItem> builder) => builder.ToTable("bulk_run_items").HasKey(i => new { i.RunId, i.Position });
    }
}
