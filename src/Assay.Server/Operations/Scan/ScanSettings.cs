using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Server.Web;

namespace Assay.Server.Operations.Scan;

/// <summary>What a scan was asked to do, with every default written out but those that its datastore decides when it runs.</summary>
/// <param name="ContainerNames">The containers wanted; none for all.</param>
/// <param name="ContainerTags">Containers with one of these tags, found when the run begins.</param>
/// <param name="Incremental">Only what came after the last scan, where a container has a field that tells.</param>
/// <param name="GreaterThanTime">Only records later than this, in containers with an incremental field of times, and files changed after it.</param>
/// <param name="GreaterThanBatch">Only records above this, in containers with an incremental field of numbers.</param>
/// <param name="MaxRecordsAnalyzedPerPartition">Records read of each partition; -1 for all.</param>
/// <param name="CheckCategories">Which checks are asserted: <c>data_integrity</c>, <c>metadata</c>.</param>
/// <param name="CheckVariables">Texts for the variables in expressions.</param>
/// <param name="HighCountRollupThreshold">Record anomalies per check before they become one; null for the datastore's.</param>
/// <param name="EnrichmentSourceRecordLimit">Records kept per anomaly; null for the datastore's.</param>
/// <param name="ArchiveDuplicateAnomalies">What equals an open anomaly is archived at once.</param>
/// <param name="ReactivateRecurringAnomalies">What equals an archived anomaly opens that one again.</param>
/// <param name="AutoResolvePassedAnomalies">Open anomalies that a full scan no longer finds are resolved.</param>
internal sealed record ScanSettings(
    IReadOnlyList<string> ContainerNames, IReadOnlyList<string> ContainerTags, bool Incremental, DateTime? GreaterThanTime, double? GreaterThanBatch,
    long MaxRecordsAnalyzedPerPartition, IReadOnlyList<string> CheckCategories, IReadOnlyDictionary<string, string> CheckVariables,
    long? HighCountRollupThreshold, long? EnrichmentSourceRecordLimit, bool ArchiveDuplicateAnomalies, bool ArchiveOverlappingAnomalies,
    bool ReactivateRecurringAnomalies, bool AutoResolvePassedAnomalies)
{
    public const string DataIntegrity = "data_integrity";
    public const string Metadata = "metadata";

    /// <summary>The partitions wanted; none for all. Containers that have none of them are passed over.</summary>
    public IReadOnlyList<string> PartitionNames { get; init; } = [];

    /// <summary>Whether nothing is left out of what there is to read: neither by a limit nor by a choice of partitions.</summary>
    [JsonIgnore]
    public bool TakesAll => MaxRecordsAnalyzedPerPartition < 0 && PartitionNames.Count == 0;

    public static ScanSettings Parse(string json)
    {
        var wish = JsonSerializer.Deserialize<Wish>(json, Json.Options) ?? new Wish();
        var incremental = wish.Incremental ?? false;
        return new ScanSettings(
            Distinct(wish.ContainerNames), Distinct(wish.ContainerTags), incremental, wish.GreaterThanTime, wish.GreaterThanBatch,
            wish.MaxRecordsAnalyzedPerPartition is { } most and > 0 ? most : -1,
            wish.CheckCategories is { Count: > 0 } categories ? Distinct(categories) : [DataIntegrity, Metadata],
            Texts(wish.CheckVariables ?? []),
            wish.HighCountRollupThreshold, wish.EnrichmentSourceRecordLimit, wish.ArchiveDuplicateAnomalies ?? true, wish.ArchiveOverlappingAnomalies ?? false,
            wish.ReactivateRecurringAnomalies ?? false, (wish.AutoResolvePassedAnomalies ?? true) && !incremental)
        {
            PartitionNames = Distinct(wish.PartitionNames),
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    private static SortedDictionary<string, string> Texts(Dictionary<string, JsonElement> sent) =>
        new(sent.ToDictionary(v => v.Key, v => v.Value.ValueKind == JsonValueKind.String ? v.Value.GetString()! : v.Value.GetRawText()), StringComparer.Ordinal);

    private static string[] Distinct(IReadOnlyList<string>? names) => names is null ? [] : [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed record Wish
    {
        public IReadOnlyList<string>? ContainerNames { get; init; }
        public IReadOnlyList<string>? ContainerTags { get; init; }
        public IReadOnlyList<string>? PartitionNames { get; init; }
        public bool? Incremental { get; init; }
        public DateTime? GreaterThanTime { get; init; }
        public double? GreaterThanBatch { get; init; }
        public long? MaxRecordsAnalyzedPerPartition { get; init; }
        public IReadOnlyList<string>? CheckCategories { get; init; }
        public Dictionary<string, JsonElement>? CheckVariables { get; init; }
        public long? HighCountRollupThreshold { get; init; }
        public long? EnrichmentSourceRecordLimit { get; init; }
        public bool? ArchiveDuplicateAnomalies { get; init; }
        public bool? ArchiveOverlappingAnomalies { get; init; }
        public bool? ReactivateRecurringAnomalies { get; init; }
        public bool? AutoResolvePassedAnomalies { get; init; }
    }
}
