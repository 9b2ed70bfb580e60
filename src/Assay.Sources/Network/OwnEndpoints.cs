using System.Net;

namespace Assay.Sources.Network;

/// <summary>
/// Where Assay itself listens: its API, its engine, its metadata store. The host registers each as soon as it knows it; no source may
/// lie there, under whichever name or address of this machine it is written.
/// </summary>
public sealed class OwnEndpoints
{
    private readonly Lock registering = new();
    private readonly LocalAddresses local;
    private readonly IHostNames names;
    private volatile Entry[] entries = [];

    internal OwnEndpoints(LocalAddresses local, IHostNames names) => (this.local, this.names) = (local, names);

    /// <param name="what">What lies there, such as <c>metadata store</c>; part of the message to a user who asks for it.</param>
    /// <param name="host">A name or an address; <c>0.0.0.0</c>, <c>::</c>, <c>*</c> and <c>+</c> stand for all addresses of this machine.</param>
    public void Register(string what, string host, int port)
    {
        var entry = new Entry(what, host is "*" or "+" ? IPAddress.Any.ToString() : host.Trim('[', ']'), port);
        lock (registering)
            entries = [.. entries.Where(known => known != entry), entry];
    }

    /// <summary>What of Assay lies at an address and port, or null.</summary>
    internal async Task<string?> FindAsync(IReadOnlyList<IPAddress> meanings, int port, CancellationToken cancel)
    {
        foreach (var entry in entries.Where(e => e.Port == port))
        {
            // Resolved anew each time: a name of the metadata store may move.
            var own = await AddressesOfAsync(entry.Host, cancel);
            if (meanings.Any(own.Contains) || (own.Any(IsHere) && meanings.Any(IsHere)))
                return entry.What;
        }
        return null;
    }

    private bool IsHere(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || local.Contains(address);

    private async Task<IReadOnlyList<IPAddress>> AddressesOfAsync(string host, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host, out var address))
            return [address];
        try
        {
            return await names.ResolveAsync(host, cancel);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // A name that does not resolve is nowhere, so nothing else can be there.
            return [];
        }
    }

    private sealed record Entry(string What, string Host, int Port);
}
