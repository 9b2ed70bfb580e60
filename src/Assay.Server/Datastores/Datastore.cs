using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Datastores;

/// <summary>A part of a connection that Assay watches (a source) or writes evidence to (an enrichment store).</summary>
internal sealed class Datastore
{
    public const long DefaultSourceRecordLimit = 10;
    public const long DefaultRollupThreshold = 10;
    public const string NoRemediation = "none";

    public long Id { get; init; }
    public required string Name { get; set { field = value; NameKey = value.ToLowerInvariant(); } }
    /// <summary>The name in lower case, for search and order. Names are not unique.</summary>
    public string NameKey { get; private set; } = "";
    public string? Description { get; set; }
    public long ConnectionId { get; set; }
    /// <summary>The connection's type and store type, kept here because lists filter by them.</summary>
    public required string Type { get; set; }
    public required string StoreType { get; set; }
    public string? Database { get; set; }
    public string? Schema { get; set; }
    public string? RootPath { get; set; }
    public bool FolderGlobbingEnabled { get; set; }
    /// <summary>Where it lies within its connection, as connectors take it.</summary>
    public SourceScope Scope => new(Database, Schema, RootPath, FolderGlobbingEnabled);
    public bool EnrichmentOnly { get; set; }
    public long? GroupId { get; set; }
    public long? EnrichmentDatastoreId { get; set; }
    public string? EnrichmentPrefix { get; set; }
    public long EnrichmentSourceRecordLimit { get; set; } = DefaultSourceRecordLimit;
    public string EnrichmentRemediationStrategy { get; set; } = NoRemediation;
    public long HighCountRollupThreshold { get; set; } = DefaultRollupThreshold;
    /// <summary>The verdict of the latest test or use.</summary>
    public bool Connected { get; set; }
    // Figures kept up to date by those who change them, so that lists can sort by them without counting.
    public long Containers { get; set; }
    public long Records { get; set; }
    public long FieldCount { get; set; }
    public long FieldsProfiled { get; set; }
    public long ActiveChecks { get; set; }
    public long ActiveAnomalies { get; set; }
    public DateTime Created { get; init; }
    public DateTime Updated { get; set; }
    /// <summary>Set when deleted: hidden from then on, purged in the background.</summary>
    public DateTime? Deleted { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Datastore>
    {
        public void Configure(EntityTypeBuilder<Datastore> builder) => builder.ToTable("datastores").HasKey(d => d.Id);
    }
}
