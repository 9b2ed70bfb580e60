using System.Net;
using System.Net.Sockets;

namespace Assay.Sources.Network;

/// <summary>Opens TCP connections to addresses that the host policy has passed.</summary>
internal static class GuardedTcp
{
    /// <summary>Connects to the first address that answers; each gets an equal share of the time.</summary>
    /// <exception cref="SocketException">None of them took the connection.</exception>
    /// <exception cref="TimeoutException">None answered in time.</exception>
    public static async Task<Socket> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, TimeSpan timeout, CancellationToken cancel)
    {
        Exception? first = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var share = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            share.CancelAfter(timeout / addresses.Count);
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), share.Token);
                return socket;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                cancel.ThrowIfCancellationRequested();
                first ??= e is OperationCanceledException ? new TimeoutException("No answer to the request for a connection.", e) : e;
            }
        }
        throw first ?? new SocketException((int)SocketError.HostNotFound);
    }
}
