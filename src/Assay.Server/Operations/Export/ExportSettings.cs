using System.Text.Json;
using Assay.Server.Web;

namespace Assay.Server.Operations.Export;

/// <summary>What an export was asked for, with every default written out.</summary>
/// <param name="AssetType"><c>anomalies</c>, <c>checks</c>, <c>profiles</c>, or <c>check_templates</c> for a global export.</param>
/// <param name="ContainerIds">The containers wanted; none for all.</param>
/// <param name="ContainerTags">Containers with one of these tags, found when the run begins.</param>
/// <param name="TemplateIds">The templates wanted; none for all.</param>
/// <param name="IncludeDeleted">Archived checks and anomalies too, missing and excluded fields, and what belongs to deleted containers.</param>
/// <param name="IncludeMasked">Profiles: values of masked fields as they are.</param>
internal sealed record ExportSettings(
    string AssetType, IReadOnlyList<long> ContainerIds, IReadOnlyList<string> ContainerTags, IReadOnlyList<long> TemplateIds, bool IncludeDeleted, bool IncludeMasked)
{
    public const string Anomalies = "anomalies", Checks = "checks", Profiles = "profiles", CheckTemplates = "check_templates";

    public static ExportSettings Parse(string json)
    {
        var wish = JsonSerializer.Deserialize<Wish>(json, Json.Options) ?? new Wish();
        return new ExportSettings(
            wish.AssetType ?? "", [.. (wish.ContainerIds ?? []).Distinct().Order()], [.. (wish.ContainerTags ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. (wish.TemplateIds ?? []).Distinct().Order()], wish.IncludeDeleted ?? false, wish.IncludeMasked ?? false);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    private sealed record Wish
    {
        public string? AssetType { get; init; }
        public IReadOnlyList<long>? ContainerIds { get; init; }
        public IReadOnlyList<string>? ContainerTags { get; init; }
        public IReadOnlyList<long>? TemplateIds { get; init; }
        public bool? IncludeDeleted { get; init; }
        public bool? IncludeMasked { get; init; }
    }
}
