using System.Globalization;
using Assay.Server.Tags;
using Assay.Server.Web;

namespace Assay.Server.Operations.Export.Assets;

/// <summary>Values that exports hold as text, in the contract's forms.</summary>
internal static class ExportText
{
    public static string? Time(DateTime? time) => time?.ToString(TimestampConverter.Format, CultureInfo.InvariantCulture);

    /// <summary>When a row was exported: <c>2024-06-11 18:42:31+0000</c>.</summary>
    public static string Generated(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss'+0000'", CultureInfo.InvariantCulture);

    /// <summary>Names with commas between them; an empty text for none.</summary>
    public static string Joined(IEnumerable<string> names) => string.Join(',', names);

    public static string Joined(IEnumerable<TagView> tags) => Joined(tags.Select(t => t.Name));
}
