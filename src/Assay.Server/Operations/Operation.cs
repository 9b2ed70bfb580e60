using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Operations;

/// <summary>A piece of long work on a datastore.</summary>
internal sealed class Operation
{
    public long Id { get; init; }
    /// <summary><c>sync</c>, <c>profile</c>, <c>scan</c>, <c>export</c>, ...</summary>
    public required string Type { get; init; }
    public long DatastoreId { get; init; }
    /// <summary><c>queued</c>, <c>running</c>, <c>success</c>, <c>failure</c> or <c>aborted</c>.</summary>
    public required string Result { get; set; }
    public string? Message { get; set; }
    public string TriggeredBy { get; init; } = "System";
    /// <summary>That user; null for the system.</summary>
    public long? TriggeredById { get; init; }
    /// <summary>What was asked for, as the JSON object of the run call.</summary>
    public required string Settings { get; init; }
    /// <summary>Progress counters, a JSON object.</summary>
    public string Status { get; set; } = "{}";
    public DateTime Created { get; init; }
    public DateTime? StartTime { get; set; }
    public DateTime? EndTime { get; set; }
    /// <summary>Microseconds from start to end, once it has ended.</summary>
    public long? Duration { get; set; }
    public bool AbortRequested { get; set; }
    /// <summary>How often a worker died over it. The first time it is run again, the second time it fails.</summary>
    public long Interruptions { get; set; }
    /// <summary>Counts the attempts; a worker writes only while its attempt is the current one.</summary>
    public long Attempt { get; set; }
    /// <summary>The worker that has it, and when it last said so.</summary>
    public string? Worker { get; set; }
    public DateTime? Heartbeat { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Operation>
    {
        public void Configure(EntityTypeBuilder<Operation> builder) => builder.ToTable("operations").HasKey(o => o.Id);
    }
}
