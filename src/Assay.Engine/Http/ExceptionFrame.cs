using System.Text;

namespace Assay.Engine.Http;

/// <summary>
/// Looks in a response's bytes for the frame in which ClickHouse (25.11 and later) and the engine host put an error that
/// came after the first rows. The frame's tag is announced in a header, so that no data can be taken for one.
/// </summary>
internal sealed class ExceptionFrame(string tag)
{
    internal const string Header = "X-ClickHouse-Exception-Tag";
    private const int LongestText = 1 << 20;

    private readonly byte[] _start = Encoding.ASCII.GetBytes($"\r\n__exception__\r\n{tag}\r\n");

    /// <summary>Bytes at the end of what has come that may be the start of a frame and must not be handed on yet.</summary>
    internal int Length => _start.Length - 1;

    /// <summary>Where a frame starts, or -1.</summary>
    internal int Find(ReadOnlySpan<byte> bytes) => bytes.IndexOf(_start);

    /// <summary>The error's text.</summary>
    /// <param name="frame">The bytes from the frame's start that have come already.</param>
    /// <param name="rest">Where the rest of them comes from.</param>
    internal async Task<string> ReadTextAsync(ReadOnlyMemory<byte> frame, Stream rest, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        bytes.Write(frame.Span[_start.Length..]);
        try
        {
            var buffer = new byte[4096];
            while (bytes.Length < LongestText && await rest.ReadAsync(buffer, cancellation) is > 0 and var read)
                bytes.Write(buffer, 0, read);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // ClickHouse breaks the connection behind the frame so that no client takes the response for a whole one.
        }

        var text = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        var end = text.LastIndexOf($" {tag}", StringComparison.Ordinal);
        // Behind the text there is a line with its length and the tag.
        var line = end < 0 ? -1 : text.LastIndexOf('\n', end);
        return line < 0 ? text : text[..line];
    }
}
