using Assay.Sources.Files.Schema.Text;

namespace Assay.Sources.Files.Reading;

/// <summary>Which cell of a file's rows belongs to which chosen field: by the names of its header, or by position.</summary>
internal sealed class RowColumns
{
    private readonly Dictionary<string, int> fieldByName;
    private readonly IReadOnlyList<string>? header;
    private readonly HashSet<string> known;
    private int?[] fieldOfCell = [];
    private string[] nameOfCell = [];

    public RowColumns(ReadPlan plan, IReadOnlyList<string>? header)
    {
        this.header = header;
        fieldByName = plan.Chosen.Select((f, i) => (f.Name, i)).ToDictionary(f => f.Name, f => f.i, StringComparer.Ordinal);
        known = plan.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        if (header is null) nameOfCell = [.. plan.Fields.Select(f => f.Name)];
        Grow(header?.Count ?? nameOfCell.Length);
    }

    /// <summary>Fills a row; fields without a cell are null.</summary>
    /// <returns>False where there are more cells than fields: their values would be lost.</returns>
    public bool Fill(string?[] row, int cells, Func<int, string?> cell)
    {
        Array.Clear(row);
        if (cells > fieldOfCell.Length) Grow(cells);
        for (var i = 0; i < cells; i++)
        {
            if (fieldOfCell[i] is { } field) row[field] = cell(i);
            else if (i >= (header?.Count ?? 0) && !known.Contains(nameOfCell[i])) return false;
        }
        return true;
    }

    private void Grow(int cells)
    {
        if (header is not null) nameOfCell = [.. ColumnNames.From(header, cells)];
        else nameOfCell = [.. nameOfCell, .. Enumerable.Range(nameOfCell.Length, Math.Max(0, cells - nameOfCell.Length)).Select(i => $"column_{i + 1}")];
        fieldOfCell = [.. nameOfCell.Select(name => fieldByName.TryGetValue(name, out var field) ? field : (int?)null)];
    }
}
