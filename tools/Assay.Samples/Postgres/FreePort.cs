using System.Net;
using System.Net.Sockets;

namespace Assay.Samples.Postgres;

internal static class FreePort
{
    /// <summary>A loopback port that nobody listened on a moment ago. Another process may still take it first: be ready to ask again.</summary>
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
