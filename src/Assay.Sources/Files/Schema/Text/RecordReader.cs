using System.Text;

namespace Assay.Sources.Files.Schema.Text;

/// <summary>
/// Cuts text into records of cells, a buffer at a time. Quotes may hold delimiters and line ends; a quote in the middle of a
/// cell is a character like any other. Empty lines are no records.
/// </summary>
internal sealed class RecordReader(TextReader text, Dialect dialect)
{
    private readonly char[] buffer = new char[32 * 1024];
    private readonly StringBuilder cell = new();
    private int at;
    private int filled;

    /// <summary>The last record was ended by the end of the text and not of its line.</summary>
    public bool EndedWithText { get; private set; }

    /// <summary>The text ended within quotes.</summary>
    public bool EndedInQuotes { get; private set; }

    /// <summary>Reads the next record into <paramref name="cells"/>.</summary>
    /// <returns>False at the end of the text.</returns>
    public async ValueTask<bool> ReadAsync(List<Cell> cells, CancellationToken cancel)
    {
        do
        {
            cells.Clear();
            if (await PeekAsync(cancel) < 0) return false;
            while (await ReadCellAsync(cells, cancel)) { }
        } while (cells is [{ Text: "", Quoted: false }]);
        return true;
    }

    /// <returns>True where another cell of the record follows.</returns>
    private async ValueTask<bool> ReadCellAsync(List<Cell> cells, CancellationToken cancel)
    {
        cell.Clear();
        var quoted = await SkipBlanksAsync(cancel) == '"';
        if (quoted) await ReadQuotedAsync(cancel);
        while (true)
        {
            var next = await PeekAsync(cancel);
            if (next >= 0) at++;
            var ends = next < 0 || next == dialect.Delimiter || next is '\r' or '\n';
            if (!ends)
            {
                cell.Append((char)next);
                continue;
            }
            if (next == '\r' && await PeekAsync(cancel) == '\n') at++;
            EndedWithText = next < 0;
            cells.Add(new Cell(quoted ? cell.ToString() : cell.ToString().TrimEnd(' '), quoted));
            return next == dialect.Delimiter && next >= 0;
        }
    }

    /// <summary>White space before a cell; it belongs to nobody.</summary>
    private async ValueTask<int> SkipBlanksAsync(CancellationToken cancel)
    {
        while (await PeekAsync(cancel) == ' ') at++;
        return await PeekAsync(cancel);
    }

    private async ValueTask ReadQuotedAsync(CancellationToken cancel)
    {
        at++;
        while (await PeekAsync(cancel) is >= 0 and var next)
        {
            at++;
            var escapes = next == dialect.Escape && await PeekAsync(cancel) is >= 0 and var following && (following == '"' || dialect.Escape == '\\');
            if (escapes) cell.Append(buffer[at++]);
            else if (next == '"') return;
            else cell.Append((char)next);
        }
        EndedInQuotes = true;
    }

    private ValueTask<int> PeekAsync(CancellationToken cancel) => at < filled ? ValueTask.FromResult<int>(buffer[at]) : FillAsync(cancel);

    private async ValueTask<int> FillAsync(CancellationToken cancel)
    {
        at = 0;
        filled = await text.ReadAsync(buffer, cancel);
        return filled == 0 ? -1 : buffer[0];
    }
}
