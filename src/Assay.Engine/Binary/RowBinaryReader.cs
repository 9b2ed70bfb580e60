namespace Assay.Engine.Binary;

/// <summary>
/// Reads ClickHouse's RowBinaryWithNamesAndTypes: the one row-wise format that carries every type exactly. Holds one
/// buffer, as large as the largest row needs.
/// </summary>
internal sealed class RowBinaryReader
{
    internal const string Format = "RowBinaryWithNamesAndTypes";

    private readonly Stream _stream;
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;
    private CellReader[] _readers = [];

    private RowBinaryReader(Stream stream) => _stream = stream;

    internal IReadOnlyList<EngineColumn> Columns { get; private set; } = [];

    internal static async Task<RowBinaryReader> OpenAsync(Stream stream, CancellationToken cancellation)
    {
        var reader = new RowBinaryReader(stream);
        // A statement without a result, a DDL statement for instance, has no header either.
        while (!reader.TryReadHeader())
        {
            if (!await reader.FillAsync(cancellation))
                break;
        }

        if (reader._end > 0 && reader.Columns.Count == 0 && reader._start == 0)
            throw Truncated();
        return reader;
    }

    /// <summary>The next row's values, or null behind the last row.</summary>
    internal async ValueTask<object?[]?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (TryReadRow() is { } row)
                return row;
            var partial = _end > _start;
            if (!await FillAsync(cancellation))
                return partial ? throw Truncated() : null;
        }
    }

    private object?[]? TryReadRow()
    {
        if (_start == _end || _readers.Length == 0)
            return null;
        var cursor = new ByteCursor(_buffer.AsSpan(_start, _end - _start));
        var values = new object?[_readers.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _readers[i](ref cursor);
            if (cursor.RanOut)
                return null;
        }

        _start += cursor.Position;
        return values;
    }

    private bool TryReadHeader()
    {
        var cursor = new ByteCursor(_buffer.AsSpan(_start, _end - _start));
        var count = cursor.Length();
        var texts = new List<string>();
        for (var i = 0; i < count * 2 && !cursor.RanOut; i++)
            texts.Add(System.Text.Encoding.UTF8.GetString(cursor.Take(cursor.Length())));
        if (cursor.RanOut)
            return false;
        Columns = [.. Enumerable.Range(0, count).Select(i => new EngineColumn(texts[i], texts[count + i]))];
        _readers = [.. Columns.Select(column => CellReaders.For(column.Type))];
        _start += cursor.Position;
        return true;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        return read > 0;
    }

    private static EngineException Truncated() =>
        new(EngineFault.Other, "The engine's result ends in the middle of a row.");
}
