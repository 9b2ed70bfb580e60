using System.Text.Json;
using Assay.Server.History;
using Assay.Server.Masking;

namespace Assay.Server.Checks.Reads;

/// <summary>A check's history without the values that it may have held of a field that is masked now, whichever of its versions was about it.</summary>
internal static class MaskedHistory
{
    private static readonly string[] telling = ["description", "filter", "properties"];

    public static HistoryView Of(HistoryView history, QualityCheck check, CheckMask mask)
    {
        var fields = history.Versions.SelectMany(v => v.Changeset.GetValueOrDefault("fields") is { ValueKind: JsonValueKind.Array } change ? Names(change) : []);
        var fieldNames = fields.Concat(history.Versions.SelectMany(v => v.Changeset.GetValueOrDefault("anomaly_message_field") is { ValueKind: JsonValueKind.Array } change ? Names(change) : []));
        return mask.Hides(check, fieldNames) ? history with { Versions = [.. history.Versions.Select(Hidden)] } : history;
    }

    private static VersionView Hidden(VersionView version) => version with
    {
        Changeset = version.Changeset.ToDictionary(m => m.Key, m => telling.Contains(m.Key) && m.Value.ValueKind == JsonValueKind.Array
            ? JsonSerializer.SerializeToElement(m.Value.EnumerateArray().Select(side => side.ValueKind == JsonValueKind.Null ? null : Mask.Text)) : m.Value),
    };

    private static IEnumerable<string> Names(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Names),
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };
}
