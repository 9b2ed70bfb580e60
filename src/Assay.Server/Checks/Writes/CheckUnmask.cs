using System.Text.Json;
using Assay.Server.Checks.Reads;
using Assay.Server.Masking;
using Assay.Server.Store;

namespace Assay.Server.Checks.Writes;

/// <summary>
/// Reads an update by someone who was shown masks in the place of values: what comes back as a mask stays as it is stored. Not where the check is about
/// other fields from now on, which would show what it held of the masked one.
/// </summary>
internal static class CheckUnmask
{
    public static async Task<CheckUpdate> OfAsync(AssayDb db, CheckUpdate request, QualityCheck check, IReadOnlyList<string> fields, CancellationToken cancel)
    {
        if (!fields.SequenceEqual((request.Fields ?? []).Select(f => f.Name ?? "")) || !(await CheckMask.ReadAsync(db, [check], cancel)).Hides(check, fields)) return request;
        return request with
        {
            Filter = request.Filter == Mask.Text ? check.Filter : request.Filter,
            Description = request.Description == CheckMask.Description(check) ? check.Description : request.Description,
            Properties = request.Properties is null || check.Properties is null ? request.Properties : Members(request.Properties, JsonElement.Parse(check.Properties)),
        };
    }

    /// <summary>Whether a value is a mask, which nobody can mean.</summary>
    public static bool IsMask(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() == Mask.Text,
        JsonValueKind.Array => value.EnumerateArray().Any(IsMask),
        _ => false,
    };

    private static Dictionary<string, JsonElement> Members(IReadOnlyDictionary<string, JsonElement> sent, JsonElement stored) =>
        sent.ToDictionary(m => m.Key, m => IsMask(m.Value) && stored.TryGetProperty(m.Key, out var value) ? value : m.Value);
}
