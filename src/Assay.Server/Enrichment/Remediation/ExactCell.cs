using System.Globalization;
using System.Text;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Remediation;

/// <summary>Exact numbers as text, for no type of .NET has all digits. Digits behind the point that the column does not have are cut off.</summary>
internal static class ExactCell
{
    public static void Write(RowLines lines, ReadOnlySpan<byte> text, int precision, int scale)
    {
        if (text.IndexOfAny((byte)'e', (byte)'E') >= 0)
        {
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) Plain(lines, Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)), precision, scale);
            else lines.Null();
        }
        else Plain(lines, text, precision, scale);
    }

    private static void Plain(RowLines lines, ReadOnlySpan<byte> text, int precision, int scale)
    {
        var point = text.IndexOf((byte)'.');
        var whole = text[..(point < 0 ? text.Length : point)].TrimStart((byte)'-');
        var behind = point < 0 ? default : text[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || behind.ContainsAnyExceptInRange((byte)'0', (byte)'9') || whole.TrimStart((byte)'0').Length > precision - scale) lines.Null();
        else lines.Bare(behind.Length <= scale ? text : text[..(scale == 0 ? point : point + 1 + scale)]);
    }
}
