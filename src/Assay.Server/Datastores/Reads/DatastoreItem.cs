using System.ComponentModel;
using Assay.Server.Groups;
using Assay.Server.Scores;
using Assay.Server.Store.Reads;
using Assay.Server.Tags;

namespace Assay.Server.Datastores.Reads;

/// <summary>A datastore in a list. Nothing in it is secret.</summary>
internal record DatastoreItem
{
    private readonly string? teamIds;
    private readonly string? tagIds;

    /// <summary>Reads the columns of <see cref="DatastoreRows"/>, in their order.</summary>
    internal DatastoreItem(ref RowCursor row)
    {
        (Id, Name, Type, StoreType) = (row.Number(), row.Text(), row.Text(), row.Text());
        (Database, Schema, RootPath, FolderGlobbingEnabled) = (row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Flag());
        (Connected, Favorite, EnrichmentOnly) = (row.Flag(), row.Number() != 0, row.Flag());
        (Description, Created, Updated) = (row.TextOrNull(), row.Time(), row.Time());
        Connection = new ConnectionRef(row.Number(), row.Text(), Type);
        (teamIds, tagIds) = (row.TextOrNull(), row.TextOrNull());
        Metrics = new DatastoreMetrics(row.Number(), row.Number(), row.Number(), row.Number(), row.Number());
        FieldCount = row.Number();
        Metrics = Metrics with { QualityScore = row.Value<QualityScoreView>() };
        Group = row.SkipNull(3) ? null : new GroupStub(row.Number(), row.Text(), row.Text());
        (EnrichmentPrefix, EnrichmentSourceRecordLimit) = (row.TextOrNull(), row.Number());
        (EnrichmentRemediationStrategy, HighCountRollupThreshold) = (row.Text(), row.Number());
        EnrichDatastore = row.SkipNull(4) ? null : new DatastoreStub(row.Number(), row.Text(), row.Text(), row.Text(), EnrichmentOnly: true);
        LatestOperation = row.SkipNull(8) ? null
            : new LatestOperation(row.Number(), row.Text(), row.Text(), row.TextOrNull(), row.Text(), row.Time(), row.TimeOrNull(), row.TimeOrNull());
    }

    // Objects that may be null have a setter: the document's generator looks there to see it.
    public long Id { get; }
    public string Name { get; }
    [Description("The connector's type, such as postgresql or s3.")]
    public string Type { get; }
    [Description("jdbc, dfs or native.")]
    public string StoreType { get; }
    [Description("The database or catalog; null for file stores.")]
    public string? Database { get; }
    [Description("The schema; null for file stores.")]
    public string? Schema { get; }
    [Description("The base folder of a file store; null for databases.")]
    public string? RootPath { get; }
    [Description("File stores only: whether files are grouped across folders.")]
    public bool FolderGlobbingEnabled { get; }
    [Description("The verdict of the latest test or use.")]
    public bool Connected { get; }
    [Description("Whether the caller marked it as a favourite.")]
    public bool Favorite { get; }
    [Description("True for an enrichment store, false for a source.")]
    public bool EnrichmentOnly { get; }
    public string? Description { get; }
    public DateTime Created { get; }
    public DateTime Updated { get; }
    public ConnectionRef Connection { get; }
    public long ConnectionId => Connection.Id;
    public IReadOnlyList<TeamRef> Teams { get; private set; } = [];
    public IReadOnlyList<TagView> GlobalTags { get; private set; } = [];
    public DatastoreMetrics Metrics { get; }
    [Description("As in metrics.")]
    public long ContainerCount => Metrics.Containers;
    [Description("Fields of its live containers at the latest sync.")]
    public long FieldCount { get; }
    [Description("As in metrics.")]
    public long RecordCount => Metrics.Records;
    [Description("Active checks, as in metrics.")]
    public long CheckCount => Metrics.ActiveChecks;
    [Description("Active anomalies, as in metrics.")]
    public long AnomalyCount => Metrics.ActiveAnomalies;
    public GroupStub? Group { get; init; }
    [Description("The prefix of the tables written to the enrichment store; null for enrichment stores.")]
    public string? EnrichmentPrefix { get; }
    [Description("Most source records kept per anomaly.")]
    public long EnrichmentSourceRecordLimit { get; }
    [Description("none, append or overwrite.")]
    public string EnrichmentRemediationStrategy { get; }
    [Description("Anomalies per check before they are rolled up into one.")]
    public long HighCountRollupThreshold { get; }
    [Description("The enrichment store that this source writes to.")]
    public DatastoreStub? EnrichDatastore { get; init; }
    [Description("The newest operation on this datastore.")]
    public LatestOperation? LatestOperation { get; init; }
    [Description("Whether a schedule runs operations on this datastore.")]
    public bool HasScheduledOperations => false;

    /// <summary>Puts in what the row holds only as ids.</summary>
    public void Fill(Lookups lookups) => (Teams, GlobalTags) = (lookups.Teams.Find(teamIds), lookups.Tags.Find(tagIds));
}

internal sealed record ConnectionRef(long Id, string Name, string Type);

internal sealed record TeamRef(long Id, string Name);

/// <summary>Figures that are kept, not counted per request.</summary>
/// <param name="Records">The sum of the last known counts or estimates.</param>
internal sealed record DatastoreMetrics(long Containers, long Records, long FieldsProfiled, long ActiveChecks, long ActiveAnomalies)
{
    [Description("Null until a container was scanned.")]
    public QualityScoreView? QualityScore { get; init; }
}

/// <param name="Result">queued, running, success, failure or aborted.</param>
internal sealed record LatestOperation(long Id, string Type, string Result, string? Message, string TriggeredBy, DateTime Created, DateTime? StartTime, DateTime? EndTime);
