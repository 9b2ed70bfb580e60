using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assay.Server.Checks;

/// <summary>
/// Tells whether two checks of a container ask the same: the same rule on the same fields under the same filter, one with full and one
/// with partial coverage at most. Of the properties those count that say what is compared with what; limits do not, for two limits on
/// one thing are one check with the wrong limit.
/// </summary>
internal static class CheckIdentity
{
    /// <summary>Limits, and how exactly they are meant.</summary>
    private static readonly HashSet<string> Limits = new(StringComparer.Ordinal)
    {
        "value", "inclusive", "min", "max", "inclusive_min", "inclusive_max", "min_time", "max_time", "datetime", "list", "allow_other_fields", "pattern", "field_type",
        "min_size", "max_size", "tolerance", "last_value", "numeric_comparator", "duration_comparator", "string_comparator", "pair_substrings", "pair_homophones",
        "spelling_similarity_threshold",
    };

    public static string Of(string rule, IEnumerable<string> fields, string? filter, double? coverage, string? properties)
    {
        var text = new StringBuilder().Append(rule).Append('\n').AppendJoin('\u0001', fields.Order(StringComparer.Ordinal)).Append('\n').Append(filter?.Trim())
            .Append('\n').Append(coverage is < 1 ? "partial" : "full");
        if (properties is not null)
            foreach (var member in JsonElement.Parse(properties).EnumerateObject().Where(p => Counts(p)).OrderBy(p => p.Name, StringComparer.Ordinal))
                text.Append('\n').Append(member.Name).Append('=').Append(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }

    private static bool Counts(JsonProperty member) => !Limits.Contains(member.Name) && member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False);
}
