using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Assay.Server.Web.Requests;

/// <summary>
/// JSON may hold bytes that are not UTF-8, and may escape half of a surrogate pair (<c>"\ud800"</c>). Neither is text: it can be neither
/// stored nor compared, and reading it throws.
/// Bodies are looked through once as they come in and refused whole, so that nobody further in has to think of it.
/// </summary>
internal static class WellFormedText
{
    public static bool Everywhere(JsonElement json) => FindBroken(json) is null;

    /// <summary>Where the first text stands that is none, as names and indexes; null where all is well.</summary>
    public static object[]? FindBroken(JsonElement json, params object[] loc)
    {
        var raw = JsonMarshal.GetRawUtf8Value(json);
        return Utf8.IsValid(raw) && raw.IndexOf("\\ud"u8) < 0 && raw.IndexOf("\\uD"u8) < 0 ? null : Find(json, loc);
    }

    private static object[]? Find(JsonElement json, object[] loc) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Select((item, index) => Find(item, [.. loc, index])).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => json.EnumerateObject().Select(p => Reads(() => p.Name) ? Find(p.Value, [.. loc, p.Name]) : loc).FirstOrDefault(found => found is not null),
        JsonValueKind.String => Reads(json.GetString) ? null : loc,
        _ => null,
    };

    private static bool Reads(Func<string?> text)
    {
        try { return text() is not null; }
        catch (InvalidOperationException) { return false; }
    }
}
