using System.Runtime.CompilerServices;
using System.Text;

namespace Assay.Sources.Reading;

/// <summary>Reads the engine's tab-separated text.</summary>
internal static class TsvCells
{
    /// <summary>Rows of cells, null for NULL.</summary>
    public static async IAsyncEnumerable<string?[]> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Line breaks within values are escaped, those of Windows too.
        using var reader = new StreamReader(input, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        while (await reader.ReadLineAsync(cancel) is { } line)
            yield return [.. line.Split('\t').Select(cell => cell == "\\N" ? null : Plain(cell))];
    }

    /// <summary>A cell without its escapes.</summary>
    public static string Plain(string cell)
    {
        if (!cell.Contains('\\')) return cell;
        var text = new StringBuilder(cell.Length);
        for (var i = 0; i < cell.Length; i++)
            text.Append(cell[i] != '\\' || i + 1 == cell.Length ? cell[i] : cell[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', '0' => '\0', 'b' => '\b', 'f' => '\f', var other => other });
        return text.ToString();
    }
}
