using System.Net;
using System.Net.NetworkInformation;

namespace Assay.Sources.Network;

/// <summary>The addresses of this machine's network interfaces, as they were within the last few seconds.</summary>
internal sealed class LocalAddresses(TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    private volatile Snapshot? last;

    public bool Contains(IPAddress address)
    {
        var snapshot = last;
        if (snapshot is null || time.GetElapsedTime(snapshot.Taken) > GoodFor)
            last = snapshot = new Snapshot(time.GetTimestamp(), Read());
        return snapshot.Addresses.Contains(WithoutScope(address));
    }

    private static HashSet<IPAddress> Read() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => WithoutScope(unicast.Address))
        .ToHashSet();

    private static IPAddress WithoutScope(IPAddress address) => new(address.GetAddressBytes());

    private sealed record Snapshot(long Taken, HashSet<IPAddress> Addresses);
}
