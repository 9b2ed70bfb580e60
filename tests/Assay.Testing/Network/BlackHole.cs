using System.Net;
using System.Net.Sockets;

namespace Assay.Testing.Network;

/// <summary>A loopback port at which connecting leads nowhere.</summary>
public sealed class BlackHole : IDisposable
{
    private readonly List<Socket> held = [];
    private readonly Socket listener;

    private BlackHole(int backlog)
    {
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    public int Port { get; }

    /// <summary>Takes connections and never says a word.</summary>
    public static BlackHole Silent() => new(backlog: 16);

    /// <summary>Lets requests for a connection go unanswered, as a firewall that drops packets does: its queue is full.</summary>
    public static async Task<BlackHole> SwallowingAsync()
    {
        var hole = new BlackHole(backlog: 0);
        // The kernel takes a few more than it was told; go on until it answers no longer.
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            hole.held.Add(socket);
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            try
            {
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, hole.Port), patience.Token);
            }
            catch (OperationCanceledException)
            {
                return hole;
            }
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        held.ForEach(socket => socket.Dispose());
    }
}
