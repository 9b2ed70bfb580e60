using Assay.Engine;
using Assay.Sources.Reading;

namespace Assay.Sources.Writing;

/// <summary>The rows of one write; they are read once for each try, and never held in memory together.</summary>
public abstract class RowBatch
{
    private protected RowBatch()
    {
    }

    /// <summary>Rows at hand, their values in the order of the table's columns: texts, numbers, booleans, dates, times, null.</summary>
    /// <param name="rows">Gives the rows anew for each try.</param>
    public static RowBatch Of(Func<IAsyncEnumerable<IReadOnlyList<object?>>> rows) => Of(async (lines, cancel) =>
    {
        await foreach (var row in rows().WithCancellation(cancel))
        {
            foreach (var value in row) lines.Value(value);
            lines.EndRow();
            if (lines.IsFull) await lines.FlushAsync(cancel);
        }
    });

    /// <inheritdoc cref="Of(Func{IAsyncEnumerable{IReadOnlyList{object?}}})"/>
    public static RowBatch Of(IEnumerable<IReadOnlyList<object?>> rows) => Of(() => rows.ToAsyncEnumerable());

    /// <summary>Rows that are spelled straight into lines: the quick way for very many.</summary>
    /// <param name="writers">
    /// Each writes a share of the rows, anew for each try, on a thread of its own, and in no certain order among the others. It flushes its lines when they
    /// are full, so that few are in memory.
    /// </param>
    public static RowBatch Of(params IReadOnlyList<Func<RowLines, CancellationToken, Task>> writers) => new LineRows(writers);

    /// <summary>Rows that the engine computes. They go from it to the target as they come.</summary>
    /// <param name="select">A SELECT that gives the table's columns by their names, without FORMAT and semicolon.</param>
    /// <param name="bind">Adds what the SELECT's placeholders need.</param>
    public static RowBatch Of(IEngine engine, string select, Func<EngineQuery, EngineQuery>? bind = null) => new EngineBatch(engine, select, bind ?? (query => query));

    /// <summary>Writes the rows as tab-separated text with <c>\N</c> for NULL: what both the engine and PostgreSQL's COPY read.</summary>
    internal abstract Task WriteTextAsync(TableShape table, Stream output, CancellationToken cancel);

    /// <summary>The rows as text, cell by cell, as <see cref="CellText"/> spells values.</summary>
    /// <param name="zeroBytes">Whether texts may keep zero bytes; they become U+FFFD where not.</param>
    internal abstract IAsyncEnumerable<string?[]> ReadAsync(TableShape table, bool zeroBytes, CancellationToken cancel);

    /// <summary>Makes the rows readable on an engine, with the columns' names and types.</summary>
    internal abstract Task<EngineRows> OpenAsync(TableShape table, IEngine engine, CancellationToken cancel);
}
