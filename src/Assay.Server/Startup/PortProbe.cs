using System.Net;
using System.Net.Sockets;

namespace Assay.Server.Startup;

/// <summary>
/// Tries whether the server's port can be had before anything is started: the host starts its web server last, and background services that a
/// refused start breaks off at once are reported by it as failed.
/// </summary>
internal static class PortProbe
{
    /// <param name="url">Where the server is to listen, such as <c>http://127.0.0.1:8000</c>; port 0 is always free.</param>
    /// <exception cref="IOException">It is taken, or may not be had.</exception>
    public static void Check(string url)
    {
        var place = new Uri(url);
        if (place.Port == 0) return;
        var address = IPAddress.TryParse(place.Host.Trim('[', ']'), out var written) ? written : IPAddress.Loopback;
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, place.Port));
        }
        catch (SocketException problem)
        {
            throw new IOException($"Failed to bind to address {url}: {problem.Message}.", problem);
        }
    }
}
