using System.Net;

namespace Assay.Sources.Network;

/// <summary>Turns names into addresses; an interface so that tests can make up names.</summary>
internal interface IHostNames
{
    /// <exception cref="System.Net.Sockets.SocketException">The name is not known.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancel);
}

/// <summary>The operating system's resolver.</summary>
internal sealed class SystemHostNames : IHostNames
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancel) =>
        await Dns.GetHostAddressesAsync(host, cancel);
}
