using System.Runtime.CompilerServices;
using System.Text;

namespace Assay.Sources.Writing.Tables;

/// <summary>Rows as they stand in statements, as many at once as one statement may have.</summary>
internal static class RowTexts
{
    public static async IAsyncEnumerable<string> ChunksAsync(
        TableDialect dialect, TableShape table, IAsyncEnumerable<string?[]> rows, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (before, after, between) = dialect.Row;
        var (text, count) = (new StringBuilder(), 0);
        await foreach (var row in rows.WithCancellation(cancel))
        {
            var end = text.Length;
            if (count > 0) text.Append(between);
            var start = text.Length;
            text.Append(before);
            for (var i = 0; i < row.Length; i++)
            {
                if (i > 0) text.Append(", ");
                text.Append(row[i] is { } cell ? dialect.Value(table.Columns[i], cell) : "NULL");
            }
            text.Append(after);
            count++;
            if (count > 1 && text.Length > dialect.StatementLength)
            {
                yield return text.ToString(0, end);
                text.Remove(0, start);
                count = 1;
            }
            if (count == dialect.RowsPerStatement)
            {
                yield return text.ToString();
                text.Clear();
                count = 0;
            }
        }
        if (count > 0) yield return text.ToString();
    }
}
