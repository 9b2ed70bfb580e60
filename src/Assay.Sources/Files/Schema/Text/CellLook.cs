using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Files.Schema.Text;

/// <summary>What a cell looks like to somebody who asks whether it is a name or a value.</summary>
internal enum CellLook
{
    /// <summary>It is empty, or says that a value is missing.</summary>
    Nothing,
    /// <summary>Text that could be a name.</summary>
    Word,
    Number,
    Time,
    Truth,
    /// <summary>Digits without a letter that are no plain number: <c>03/04/2026</c>, <c>00501</c>, <c>12 %</c>.</summary>
    Figure,
    /// <summary>The address of a mailbox or a page.</summary>
    Address,
}

internal static class CellLooks
{
    private static readonly HashSet<string> Missing = new(["n/a", "na", "#n/a", "null", "none", "nil", "-", "--", "?", "."], StringComparer.OrdinalIgnoreCase);

    public static CellLook Of((string Text, ValueKind Kind) cell) => cell.Kind switch
    {
        ValueKind.Null => CellLook.Nothing,
        ValueKind.Integral or ValueKind.WideIntegral or ValueKind.Fractional => CellLook.Number,
        ValueKind.Date or ValueKind.Timestamp => CellLook.Time,
        ValueKind.Boolean => CellLook.Truth,
        _ => OfText(cell.Text.Trim()),
    };

    public static bool IsValue(CellLook look) => look is not (CellLook.Nothing or CellLook.Word);

    private static CellLook OfText(string text)
    {
        if (text.Length == 0 || Missing.Contains(text)) return CellLook.Nothing;
        if (text.AsSpan(1).Contains('@') || text.Contains("://", StringComparison.Ordinal)) return CellLook.Address;
        return text.Any(char.IsDigit) && !text.Any(char.IsLetter) ? CellLook.Figure : CellLook.Word;
    }
}
