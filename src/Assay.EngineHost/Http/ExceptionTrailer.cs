using System.Security.Cryptography;
using System.Text;

namespace Assay.EngineHost.Http;

/// <summary>
/// An error that comes when part of the result is already on its way. It is put behind the result in the frame that
/// ClickHouse has used since 25.11, with a tag of this response's own, announced in a header, that no data can hold by accident.
/// </summary>
internal sealed class ExceptionTrailer
{
    private const string Marker = "__exception__";

    private readonly string _tag = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 16);

    internal void Announce(HttpResponse response) => response.Headers["X-ClickHouse-Exception-Tag"] = _tag;

    internal async Task WriteAsync(HttpResponse response, string error, CancellationToken cancellation)
    {
        var text = Encoding.UTF8.GetBytes(error);
        byte[] frame =
        [
            .. Encoding.ASCII.GetBytes($"\r\n{Marker}\r\n{_tag}\r\n"),
            .. text,
            .. Encoding.ASCII.GetBytes($"\r\n{text.Length} {_tag}\r\n{Marker}\r\n"),
        ];
        await response.Body.WriteAsync(frame, cancellation);
    }
}
