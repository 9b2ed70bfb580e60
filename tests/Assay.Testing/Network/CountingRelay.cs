using System.Net;
using System.Net.Sockets;

namespace Assay.Testing.Network;

/// <summary>A loopback port that passes everything on to another and counts the bytes that come back.</summary>
public sealed class CountingRelay : IDisposable
{
    private readonly CancellationTokenSource stopped = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private long received;

    private CountingRelay(int target)
    {
        this.target = target;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Bytes that the other side has sent so far.</summary>
    public long Received => Interlocked.Read(ref received);

    /// <param name="target">The loopback port behind it.</param>
    public static CountingRelay To(int target) => new(target);

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
        await Task.WhenAny(PassAsync(here.GetStream(), there.GetStream(), count: false), PassAsync(there.GetStream(), here.GetStream(), count: true));
    }

    private async Task PassAsync(Stream from, Stream to, bool count)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, stopped.Token) is > 0 and var read)
        {
            if (count) Interlocked.Add(ref received, read);
            await to.WriteAsync(buffer.AsMemory(0, read), stopped.Token);
        }
    }
}
