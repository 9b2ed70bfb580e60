using Assay.Server.Containers;
using Assay.Server.Operations.Sync;
using Assay.Server.Reading;
using Assay.Sources.Reading;

namespace Assay.Server.Operations.Profile;

/// <summary>How a profile reads one container: from where on, and how much of it.</summary>
/// <param name="After">Only what came after this; null for everything, also where the container has no field to go by.</param>
/// <param name="MostRows">Rows computed on at most; null for all.</param>
/// <param name="Share">The share of its rows that the source is asked for; null for all.</param>
/// <param name="Counted">How many rows the source counted for this profile; null where it was not asked.</param>
/// <param name="ByPartition">Whether each row comes with the name of its partition.</param>
internal sealed record ProfileRead(IncrementalBound? After, long? MostRows, double? Share, long? Counted, bool ByPartition)
{
    public const string PartitionColumn = "_assay_partition";

    /// <summary>An estimate of how many rows there are may be twice their number.</summary>
    private const double SpareOfEstimate = 2;

    /// <summary>Whether a sample came out so small that there cannot be as many rows as was thought.</summary>
    public bool IsShort(long rows) => Share is not null && Counted is null && rows < MostRows / 2;

    /// <summary>Whether every row of the container is read and computed on.</summary>
    public bool IsWhole(long read, long computed) => After is null && Share is null && read == computed;

    /// <summary>
    /// Whether a source that can leave rows out has to be asked how many there are: which share of them is wanted follows from that. Listings tell it of
    /// most tables, but not of queries, and of views hardly ever.
    /// </summary>
    public static bool NeedsCount(StoredContainer stored, ProfileSettings settings) =>
        Most(stored, settings) is not null && Bound(stored, settings) is null && (stored.Definition is not null || stored.Row.RecordsQuality == RecordsKnown.Unknown);

    /// <param name="counted">How many rows the source has just counted.</param>
    public static ProfileRead Of(StoredContainer stored, ProfileSettings settings, bool canSample, long? counted, bool tellsPartitions)
    {
        var (after, most) = (Bound(stored, settings), Most(stored, settings));
        var spare = counted is not null || stored.Row.RecordsQuality == RecordsKnown.Exact ? 1 : SpareOfEstimate;
        var share = most is { } rows && canSample && after is null && (counted ?? stored.Row.Records) is { } known && known > rows * 2 ? Math.Min(1, WithLuck(rows) * spare / known) : (double?)null;
        return new ProfileRead(after, most, share, counted, tellsPartitions && MayBeSeveral(stored));
    }

    /// <summary>Rows to ask for so that chance hardly ever leaves fewer than those wanted: four standard deviations more.</summary>
    private static double WithLuck(long rows) => rows + 4 * Math.Sqrt(rows) + 4;

    private static long? Most(StoredContainer stored, ProfileSettings settings) =>
        settings.MaxRecordsAnalyzedPerPartition > 0 ? settings.MaxRecordsAnalyzedPerPartition * Math.Max(1, stored.Partitions.Count) : null;

    /// <summary>Texts of files are read as they stand: a typed read would end at the first value that a sync's sample did not foretell.</summary>
    public ContainerRead Shape(ContainerRead read, StoredContainer stored) => read with { After = After, Share = Share, Text = stored.IsSchemaless, PartitionColumn = ByPartition ? PartitionColumn : null };

    /// <summary>Whether there are, or may be since the last sync, several partitions: a file that stands for itself is the whole container.</summary>
    private static bool MayBeSeveral(StoredContainer stored) => stored.Partitions.Count > 1 || stored.Partitions.Any(p => p.Name != stored.Row.Name);

    private static IncrementalBound? Bound(StoredContainer stored, ProfileSettings settings)
    {
        var row = stored.Row;
        if (stored.Definition is { IsNative: false }) return null;
        if (row.ContainerType == "file") return settings.GreaterThanTime is { } modified ? new IncrementalBound(Modified: new DateTimeOffset(modified)) : null;
        if (row.IncrementalFieldName is not { } name || stored.Readable.All(f => f.Name != name)) return null;
        return row.IncrementalIdentifierType switch
        {
            FieldChoice.LastModified when settings.GreaterThanTime is { } time => new IncrementalBound(name, new DateTimeOffset(time)),
            FieldChoice.BatchValue when settings.GreaterThanBatch is { } batch => new IncrementalBound(name, batch),
            _ => null,
        };
    }
}
