using System.Net.Sockets;
using Assay.Sources.Contract;

namespace Assay.Sources.Network;

/// <summary>Makes HTTP handlers whose every connection, also after a redirect, goes through the host policy.</summary>
public sealed class GuardedHttp(HostPolicy policy)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A client that follows no redirects: whoever it talks to may not send its credentials elsewhere. The caller disposes it.</summary>
    public HttpClient CreateClient()
    {
        var handler = CreateHandler();
        handler.AllowAutoRedirect = false;
        return new HttpClient(handler);
    }

    /// <summary>
    /// A handler for one client or SDK; the caller disposes it. A refused host surfaces as <see cref="HttpRequestException"/> with the
    /// policy's <see cref="SourceException"/> inside. Proxies are not used: behind one, the address connected to would be the proxy's.
    /// </summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        MaxAutomaticRedirections = 10,
        ConnectTimeout = ConnectTimeout,
        ConnectCallback = async (context, cancel) =>
        {
            var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
            var verdict = await policy.ResolveAsync(host, port, cancel);
            if (!verdict.Allowed)
                throw new SourceException(verdict.Fault);
            var socket = await GuardedTcp.ConnectAsync(verdict.Addresses, port, ConnectTimeout, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
