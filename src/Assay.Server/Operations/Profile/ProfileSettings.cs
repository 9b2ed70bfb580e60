using System.Text.Json;
using Assay.Server.Web;

namespace Assay.Server.Operations.Profile;

/// <summary>What a profile was asked to do, with every default written out.</summary>
/// <param name="ContainerNames">The containers wanted; none for all.</param>
/// <param name="ContainerTags">Containers with one of these tags, found when the run begins.</param>
/// <param name="AiEffort">How far checks are inferred: off, low, medium, high, xhigh or max.</param>
/// <param name="InferenceThreshold">The same as a number, 0 to 5.</param>
/// <param name="MaxRecordsAnalyzedPerPartition">Rows read of each partition, spread over it; -1 for all.</param>
internal sealed record ProfileSettings(
    IReadOnlyList<string> ContainerNames, IReadOnlyList<string> ContainerTags, string AiEffort, int InferenceThreshold, bool InferAsDraft,
    long MaxRecordsAnalyzedPerPartition, int MaxCountTestingSample, double PercentTestingThreshold, double HighCorrelationThreshold,
    int HistogramMaxDistinctValues, DateTime? GreaterThanTime, double? GreaterThanBatch)
{
    public static readonly string[] Efforts = ["off", "low", "medium", "high", "xhigh", "max"];

    public static ProfileSettings Parse(string json)
    {
        var wish = JsonSerializer.Deserialize<Wish>(json, Json.Options) ?? new Wish();
        var level = wish.AiEffort is { } effort ? Array.IndexOf(Efforts, effort) : wish.InferenceThreshold ?? (wish.InferConstraints == false ? 0 : 2);
        return new ProfileSettings(
            Distinct(wish.ContainerNames), Distinct(wish.ContainerTags), Efforts[level], level, wish.InferAsDraft ?? false,
            wish.MaxRecordsAnalyzedPerPartition is { } most and > 0 ? most : -1, wish.MaxCountTestingSample ?? 100_000, wish.PercentTestingThreshold ?? 0.4,
            wish.HighCorrelationThreshold ?? 0.5, wish.HistogramMaxDistinctValues ?? 100, wish.GreaterThanTime, wish.GreaterThanBatch);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    private static string[] Distinct(IReadOnlyList<string>? names) => names is null ? [] : [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed record Wish
    {
        public IReadOnlyList<string>? ContainerNames { get; init; }
        public IReadOnlyList<string>? ContainerTags { get; init; }
        public string? AiEffort { get; init; }
        public int? InferenceThreshold { get; init; }
        public bool? InferConstraints { get; init; }
        public bool? InferAsDraft { get; init; }
        public long? MaxRecordsAnalyzedPerPartition { get; init; }
        public int? MaxCountTestingSample { get; init; }
        public double? PercentTestingThreshold { get; init; }
        public double? HighCorrelationThreshold { get; init; }
        public int? HistogramMaxDistinctValues { get; init; }
        public DateTime? GreaterThanTime { get; init; }
        public double? GreaterThanBatch { get; init; }
    }
}
