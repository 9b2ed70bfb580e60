using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Assay.Testing.Network;

/// <summary>
/// A loopback port that passes everything on to another, until a client says a certain word: from then on nothing passes any more, in
/// no direction and on no connection, though all stay open. So does a host that loses its network.
/// </summary>
public sealed class FreezingRelay : IDisposable
{
    private readonly CancellationTokenSource stopped = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly byte[] word;
    private volatile bool frozen;

    private FreezingRelay(int target, string word)
    {
        (this.target, this.word) = (target, Encoding.UTF8.GetBytes(word));
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <param name="target">The loopback port behind it.</param>
    /// <param name="word">What freezes it, in a single packet.</param>
    public static FreezingRelay To(int target, string word) => new(target, word);

    public void Dispose()
    {
        stopped.Cancel();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopped.IsCancellationRequested)
            _ = PassAsync(await listener.AcceptTcpClientAsync(stopped.Token));
    }

    private async Task PassAsync(TcpClient client)
    {
        using var here = client;
        using var there = new TcpClient();
        await there.ConnectAsync(IPAddress.Loopback, target, stopped.Token);
        await Task.WhenAny(PassAsync(here.GetStream(), there.GetStream()), PassAsync(there.GetStream(), here.GetStream()));
    }

    private async Task PassAsync(Stream from, Stream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, stopped.Token) is > 0 and var read)
        {
            frozen |= buffer.AsSpan(0, read).IndexOf(word) >= 0;
            if (frozen)
                await Task.Delay(Timeout.Infinite, stopped.Token);
            await to.WriteAsync(buffer.AsMemory(0, read), stopped.Token);
        }
    }
}
