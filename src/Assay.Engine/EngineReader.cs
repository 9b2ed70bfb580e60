using System.Runtime.CompilerServices;
using Assay.Engine.Binary;

namespace Assay.Engine;

/// <summary>An open result. Dispose it: when that happens before the last row, the statement is killed.</summary>
public sealed class EngineReader : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly RowBinaryReader _rows;

    private EngineReader(Stream stream, RowBinaryReader rows) => (_stream, _rows) = (stream, rows);

    /// <summary>The result's columns.</summary>
    public IReadOnlyList<EngineColumn> Columns => _rows.Columns;

    internal static async Task<EngineReader> OpenAsync(Stream stream, CancellationToken cancellation)
    {
        try
        {
            return new EngineReader(stream, await RowBinaryReader.OpenAsync(stream, cancellation));
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next row, or null behind the last one.</summary>
    public async ValueTask<EngineRow?> ReadAsync(CancellationToken cancellation = default) =>
        await _rows.ReadAsync(cancellation) is { } values ? new EngineRow(Columns, values) : null;

    /// <summary>The rows that have not been read yet.</summary>
    public async IAsyncEnumerable<EngineRow> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (await ReadAsync(cancellation) is { } row)
            yield return row;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
