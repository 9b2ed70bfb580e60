using System.Net;
using System.Net.Sockets;
using Assay.Sources.Network;

namespace Assay.Sources.Tests.Network;

/// <summary>A resolver that knows the names it was told, and every address literal.</summary>
internal sealed class FixedHostNames(params (string Name, string[] Addresses)[] known) : IHostNames
{
    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host, out var literal))
            return Task.FromResult<IReadOnlyList<IPAddress>>([literal]);
        var entry = known.FirstOrDefault(k => k.Name == host);
        return entry.Name is null
            ? Task.FromException<IReadOnlyList<IPAddress>>(new SocketException((int)SocketError.HostNotFound))
            : Task.FromResult<IReadOnlyList<IPAddress>>([.. entry.Addresses.Select(IPAddress.Parse)]);
    }
}
