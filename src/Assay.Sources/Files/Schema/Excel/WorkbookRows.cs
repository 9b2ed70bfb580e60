using ExcelDataReader;

namespace Assay.Sources.Files.Schema.Excel;

/// <summary>The rows of a workbook's first visible sheet, one after the other, without the empty ones.</summary>
internal sealed class WorkbookRows : IDisposable
{
    private const string Visible = "visible";
    private readonly IExcelDataReader reader;

    public WorkbookRows(IExcelDataReader reader)
    {
        this.reader = reader;
        while (reader.VisibleState != Visible && reader.NextResult()) { }
    }

    /// <summary>Why the rows ended before their end; null where they did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>
    /// Says that further sheets are not read; null where there are none that are visible and hold something. Ends the rows, so ask last.
    /// </summary>
    public string? OtherSheets
    {
        get
        {
            var first = reader.Name;
            var others = new List<string>();
            while (reader.NextResult())
                if (reader.VisibleState == Visible && Read() is not null) others.Add($"'{reader.Name}'");
            return others.Count == 0 ? null : $"Only the sheet '{first}' is read, not {string.Join(", ", others)}.";
        }
    }

    /// <returns>The next row, or null at the end or where the sheet turns out to be broken.</returns>
    public WorkbookCell[]? Read()
    {
        try
        {
            while (reader.Read())
            {
                var row = new WorkbookCell[reader.FieldCount];
                for (var i = 0; i < row.Length; i++) row[i] = WorkbookCell.Of(reader.GetValue(i));
                if (row.Any(cell => cell.Kind != Values.ValueKind.Null)) return row;
            }
        }
        catch (Exception broken) when (Workbook.IsBroken(broken))
        {
            Problem = "The first sheet of the workbook is damaged.";
        }
        return null;
    }

    public void Dispose() => reader.Dispose();
}
