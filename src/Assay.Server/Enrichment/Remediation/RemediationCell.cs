using System.Globalization;
using System.Text;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Remediation;

/// <summary>
/// A value of a kept record as one that its column can hold. What the column cannot hold, since the source changed after the last sync perhaps, is
/// NULL there; the record itself keeps it.
/// </summary>
internal static class RemediationCell
{
    /// <param name="text">The value as JSON has it, without quotes and escapes.</param>
    /// <param name="isNumber">Whether JSON has a number there.</param>
    public static void Write(RowLines lines, TableColumn column, ReadOnlySpan<byte> text, bool isNumber)
    {
        switch (column.Type)
        {
            case TableType.Text:
                lines.Text(text);
                break;
            case TableType.Integral:
                // What is fine as it is written stays as it is, for it is text that is sent.
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) lines.Bare(text);
                else lines.Null();
                break;
            case TableType.Fractional:
                Fraction(lines, text, isNumber);
                break;
            case TableType.Exact:
                ExactCell.Write(lines, text, column.Precision ?? 38, column.Scale ?? 0);
                break;
            case TableType.Boolean:
                if (text.SequenceEqual("true"u8) || text is [(byte)'1' or (byte)'t']) lines.Bare("true"u8);
                else if (text.SequenceEqual("false"u8) || text is [(byte)'0' or (byte)'f']) lines.Bare("false"u8);
                else lines.Null();
                break;
            default:
                TimeCell.Write(lines, text, wholeDays: column.Type == TableType.Date);
                break;
        }
    }

    private static void Fraction(RowLines lines, ReadOnlySpan<byte> text, bool isNumber)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            if (isNumber) lines.Bare(text);
            else lines.Number(number);
            return;
        }
        switch (Encoding.UTF8.GetString(text))
        {
            case "nan" or "NaN":
                lines.Number(double.NaN);
                break;
            case "inf" or "Infinity":
                lines.Number(double.PositiveInfinity);
                break;
            case "-inf" or "-Infinity":
                lines.Number(double.NegativeInfinity);
                break;
            default:
                lines.Null();
                break;
        }
    }
}
