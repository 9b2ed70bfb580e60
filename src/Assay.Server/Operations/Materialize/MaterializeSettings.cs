using System.Text.Json;
using Assay.Server.Web;

namespace Assay.Server.Operations.Materialize;

/// <summary>Which containers are to be copied, with every default written out.</summary>
/// <param name="ContainerNames">The containers wanted; none for all.</param>
/// <param name="ContainerTags">Containers with one of these tags, found when the run begins.</param>
/// <param name="MaxRecordsPerPartition">Records copied of each partition; -1 for all.</param>
/// <param name="IncludeMasked">Values of masked fields are copied as they are.</param>
internal sealed record MaterializeSettings(IReadOnlyList<string> ContainerNames, IReadOnlyList<string> ContainerTags, long MaxRecordsPerPartition, bool IncludeMasked)
{
    public static MaterializeSettings Parse(string json)
    {
        var wish = JsonSerializer.Deserialize<Wish>(json, Json.Options) ?? new Wish();
        return new MaterializeSettings(
            Distinct(wish.ContainerNames), Distinct(wish.ContainerTags), wish.MaxRecordsPerPartition is { } most and > 0 ? most : -1, wish.IncludeMasked ?? false);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    private static string[] Distinct(IReadOnlyList<string>? names) => names is null ? [] : [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed record Wish
    {
        public IReadOnlyList<string>? ContainerNames { get; init; }
        public IReadOnlyList<string>? ContainerTags { get; init; }
        public long? MaxRecordsPerPartition { get; init; }
        public bool? IncludeMasked { get; init; }
    }
}
