using Assay.Sources.Contract;
using Assay.Sources.Files.Schema.Text;
using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Files.Schema;

/// <summary>The schema of rows that have none: names by the header, types by the values seen, unless either was settled.</summary>
internal static class RowsSchema
{
    public static FileSchema Infer(IReadOnlyList<IReadOnlyList<(string Text, ValueKind Kind)>> rows, FileChoice choice)
    {
        var hasHeader = choice.HasHeader ?? HeaderSniffer.HasHeader(rows);
        var names = ColumnNames.From(hasHeader ? [.. rows[0].Select(c => c.Text)] : null, rows.Max(r => r.Count));
        var columns = names.Select(_ => new ValueHistogram()).ToList();
        foreach (var row in rows.Skip(hasHeader ? 1 : 0))
            for (var i = 0; i < row.Count; i++) columns[i].Add(row[i].Kind);
        return new FileSchema([.. names.Select((name, i) => choice.InfersTypes ? columns[i].ToField(name, i + 1) : Text(name, i + 1))]) { HasHeader = hasHeader };
    }

    private static FieldStructure Text(string name, int ordinal) => new(name, ordinal, FieldType.String, "String", null);
}
