using System.Net;
using System.Runtime.ExceptionServices;

namespace Assay.Engine.Http;

/// <summary>A request's body of unknown length, written by a callback.</summary>
/// <param name="gone">Fires when nobody reads it any more: the connection tells only a writer that writes.</param>
internal sealed class UploadContent(Func<Stream, CancellationToken, Task> write, CancellationToken gone) : HttpContent
{
    /// <summary>What the callback threw by itself, and not because the connection broke: the HTTP client wraps or replaces it.</summary>
    internal ExceptionDispatchInfo? Failure { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var watched = new WatchedStream(stream);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, gone);
        try
        {
            await write(watched, stop.Token);
        }
        catch (Exception e) when (!watched.Broke)
        {
            Failure = ExceptionDispatchInfo.Capture(e);
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
