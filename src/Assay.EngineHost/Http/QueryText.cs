using System.Buffers;
using System.Text;
using Assay.EngineHost.Statements;

namespace Assay.EngineHost.Http;

/// <summary>
/// A request's text: the <c>query</c> parameter, a line break, the body. Of an INSERT with data only the statement is
/// read into memory; the rest stays in the stream.
/// </summary>
internal sealed class QueryText
{
    /// <summary>Largest statement taken, in bytes. The engine's own <c>max_query_size</c> is usually lower.</summary>
    internal const int MaxStatement = 64 << 20;

    private const int FirstRead = 64 << 10;

    private readonly Stream _body;
    private byte[] _bytes = [];
    private int _length;

    private QueryText(Stream body) => _body = body;

    internal Statement Statement { get; private set; } = null!;

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    internal static async Task<QueryText> ReadAsync(string parameter, Stream body, CancellationToken cancellation)
    {
        var text = new QueryText(body);
        if (parameter.Length > 0)
        {
            text._bytes = [.. Encoding.UTF8.GetBytes(parameter), (byte)'\n'];
            text._length = text._bytes.Length;
            text.Statement = StatementParser.Parse(text.Bytes);
            if (text.Statement.Kind == StatementKind.InsertData)
                return text;
        }

        await text.ReadStatementAsync(cancellation);
        return text;
    }

    /// <summary>Writes the data that follows the statement.</summary>
    /// <returns>Whether there is any.</returns>
    internal async Task<bool> CopyDataAsync(Stream target, CancellationToken cancellation)
    {
        var any = Statement.Data < _length;
        if (any)
            await target.WriteAsync(_bytes.AsMemory(Statement.Data, _length - Statement.Data), cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent(256 << 10);
        try
        {
            for (; await _body.ReadAsync(buffer, cancellation) is > 0 and var read; any = true)
                await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            return any;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task ReadStatementAsync(CancellationToken cancellation)
    {
        for (var wanted = _length + FirstRead; ; wanted = _length * 2)
        {
            if (wanted > _bytes.Length)
                Array.Resize(ref _bytes, wanted);
            var read = await _body.ReadAtLeastAsync(_bytes.AsMemory(_length), _bytes.Length - _length, throwOnEndOfStream: false, cancellation);
            _length += read;
            var atEnd = _length < _bytes.Length;
            // A statement may end where the text does; a line break says so to the parser.
            Statement = StatementParser.Parse(atEnd ? [.. Bytes, (byte)'\n'] : Bytes);
            if (Statement.Kind == StatementKind.InsertData || atEnd)
                break;
            if (_length > MaxStatement)
            {
                Statement = Statement.Refused(Statement.Verb, 223, "QUERY_IS_TOO_LARGE", $"The statement is longer than {MaxStatement} bytes");
                return;
            }
        }

        // Unfinished at the end: the engine finds the words for what is wrong.
        Statement = Statement with
        {
            Kind = Statement.Kind == StatementKind.Unfinished ? StatementKind.Plain : Statement.Kind,
            Cut = Math.Min(Statement.Cut, _length),
            Resume = Math.Min(Statement.Resume, _length),
            End = Math.Min(Statement.End, _length),
            Data = Math.Min(Statement.Data, _length),
        };
    }
}
