using System.Text.Json;
using Assay.Server.Web;

namespace Assay.Server.Operations.Promote;

/// <summary>What a promotion of checks was asked to do.</summary>
/// <param name="CheckIds">The checks wanted; null for all, or those of the tags.</param>
/// <param name="CheckAdditionalTags">Tags that the new checks get besides those of the old ones.</param>
internal sealed record PromotionSettings(
    long ContainerId, long DestinationContainerId, IReadOnlyList<long>? CheckIds, IReadOnlyList<string>? CheckTags, IReadOnlyList<string> CheckAdditionalTags, bool AsDraft)
{
    public static PromotionSettings Parse(string json)
    {
        var wish = JsonSerializer.Deserialize<Wish>(json, Json.Options) ?? new Wish();
        return new PromotionSettings(wish.ContainerId, wish.DestinationContainerId, wish.CheckIds is null ? null : [.. wish.CheckIds.Distinct().Order()], Distinct(wish.CheckTags), Distinct(wish.CheckAdditionalTags) ?? [], wish.AsDraft ?? true);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    private static string[]? Distinct(IReadOnlyList<string>? names) => names is null ? null : [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed record Wish
    {
        public long ContainerId { get; init; }
        public long DestinationContainerId { get; init; }
        public IReadOnlyList<long>? CheckIds { get; init; }
        public IReadOnlyList<string>? CheckTags { get; init; }
        public IReadOnlyList<string>? CheckAdditionalTags { get; init; }
        public bool? AsDraft { get; init; }
    }
}
