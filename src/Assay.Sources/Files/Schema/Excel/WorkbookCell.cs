using System.Globalization;
using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Files.Schema.Excel;

/// <summary>A cell as text and as what its workbook says it is.</summary>
internal readonly record struct WorkbookCell(string Text, ValueKind Kind)
{
    public static WorkbookCell Of(object? value) => value switch
    {
        null => new("", ValueKind.Null),
        bool b => new(b ? "true" : "false", ValueKind.Boolean),
        // Workbooks know only doubles: a whole one is an integer as far as anybody can see.
        double d when double.IsInteger(d) && Math.Abs(d) < 1e15 => new(((long)d).ToString(CultureInfo.InvariantCulture), ValueKind.Integral),
        double d => new(d.ToString("R", CultureInfo.InvariantCulture), ValueKind.Fractional),
        int i => new(i.ToString(CultureInfo.InvariantCulture), ValueKind.Integral),
        DateTime t when t.TimeOfDay == TimeSpan.Zero => new(t.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ValueKind.Date),
        DateTime t => new(t.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture), ValueKind.Timestamp),
        string { Length: 0 } => new("", ValueKind.Null),
        _ => new(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", ValueKind.Text),
    };
}
