using Assay.Sources.Files.Schema.Text;

namespace Assay.Sources.Files.Reading;

/// <summary>
/// Which cell of a file's rows belongs to which chosen field: by the names of its header, or by position. A header that the last listing took
/// for values is not known by name: its columns are called by position until the next listing.
/// </summary>
internal sealed class RowColumns
{
    private readonly Dictionary<string, int> fieldByName;
    private readonly IReadOnlyList<string>? header;
    private readonly ReadPlan plan;
    private int?[] fieldOfCell = [];
    private string[] nameOfCell = [];

    public RowColumns(ReadPlan plan, IReadOnlyList<string>? header)
    {
        (this.plan, this.header) = (plan, header);
        fieldByName = plan.Chosen.Select((f, i) => (f.Name, i)).ToDictionary(f => f.Name, f => f.i, StringComparer.Ordinal);
        Grow(header?.Count ?? plan.ByPosition.Count);
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
            else if (i >= (header?.Count ?? 0) && !plan.Known.Contains(nameOfCell[i])) return false;
        }
        return true;
    }

    private void Grow(int cells)
    {
        nameOfCell = header is null
            ? [.. plan.ByPosition, .. Enumerable.Range(1, cells).Skip(plan.ByPosition.Count).Select(ColumnNames.At)]
            : [.. ColumnNames.From(header, cells).Select((name, i) => plan.Known.Contains(name) ? name : ColumnNames.At(i + 1))];
        fieldOfCell = [.. nameOfCell.Select(name => fieldByName.TryGetValue(name, out var field) ? field : (int?)null)];
    }
}
