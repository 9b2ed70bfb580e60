using System.Net;

namespace Assay.Sources.Files.Http;

/// <summary>Sends a request again, twice at most, where the service was busy or the connection broke.</summary>
internal static class Retries
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1.5)];

    /// <param name="send">Makes and sends the request anew each time.</param>
    /// <param name="once">The request must not be carried out twice: it is sent again only where the service said that it did not take it.</param>
    public static async Task<HttpResponseMessage> RunAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> send, TimeProvider time, CancellationToken cancel, bool once = false)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                var answer = await send(cancel);
                if (!IsPassing(answer.StatusCode) || (once && answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))) return answer;
                answer.Dispose();
            }
            catch (HttpRequestException broken) when (!once && broken.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.ConnectionError && !IsVerdict(broken))
            {
                // Sent again below.
            }
            await Task.Delay(pause, time, cancel);
        }
        return await send(cancel);
    }

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.InternalServerError;

    /// <summary>The host policy and a port where nothing listens answer the same the next time.</summary>
    private static bool IsVerdict(HttpRequestException broken) =>
        broken.InnerException is Contract.SourceException or System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionRefused or System.Net.Sockets.SocketError.HostNotFound };
}
