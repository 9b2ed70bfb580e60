using Assay.Sources.Files.Schema.Text;
using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Files.Schema;

/// <summary>The schema of rows that have none: names by the header, types by the values seen.</summary>
internal static class RowsSchema
{
    public static FileSchema Infer(IReadOnlyList<IReadOnlyList<(string Text, ValueKind Kind)>> rows)
    {
        var hasHeader = HeaderSniffer.HasHeader(rows);
        var names = ColumnNames.From(hasHeader ? [.. rows[0].Select(c => c.Text)] : null, rows.Max(r => r.Count));
        var columns = names.Select(_ => new ValueHistogram()).ToList();
        foreach (var row in rows.Skip(hasHeader ? 1 : 0))
            for (var i = 0; i < row.Count; i++) columns[i].Add(row[i].Kind);
        return new FileSchema([.. names.Select((name, i) => columns[i].ToField(name, i + 1))]) { HasHeader = hasHeader };
    }
}
