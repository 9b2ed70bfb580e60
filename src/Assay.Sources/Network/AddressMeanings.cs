using System.Net;
using System.Net.Sockets;

namespace Assay.Sources.Network;

/// <summary>
/// An IPv6 address can carry an IPv4 one that a gateway or the kernel sends the packets to. Whoever checks an address has to check
/// the carried one too.
/// </summary>
internal static class AddressMeanings
{
    private static readonly IPNetwork compatible = IPNetwork.Parse("::/96");               // RFC 4291, 2.5.5.1
    private static readonly IPNetwork translated = IPNetwork.Parse("::ffff:0:0:0/96");     // RFC 2765
    private static readonly IPNetwork nat64 = IPNetwork.Parse("64:ff9b::/96");             // RFC 6052
    private static readonly IPNetwork nat64Local = IPNetwork.Parse("64:ff9b:1::/48");      // RFC 8215
    private static readonly IPNetwork sixToFour = IPNetwork.Parse("2002::/16");            // RFC 3056
    private static readonly IPNetwork teredo = IPNetwork.Parse("2001::/32");               // RFC 4380

    /// <summary>The address itself, then every address it carries.</summary>
    public static IReadOnlyList<IPAddress> Of(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return [address];
        if (address.IsIPv4MappedToIPv6)
            return [address, address.MapToIPv4()];

        var bytes = address.GetAddressBytes();
        if (IPAddress.IPv6Loopback.Equals(address) || IPAddress.IPv6Any.Equals(address))
            return [address];
        if (compatible.Contains(address) || translated.Contains(address) || nat64.Contains(address))
            return [address, new IPAddress(bytes.AsSpan(12, 4))];
        if (nat64Local.Contains(address))
            // A /48 prefix has the address around the reserved octet (RFC 6052, 2.2); with a longer one it comes last.
            return [address, .. new[] { new IPAddress([bytes[6], bytes[7], bytes[9], bytes[10]]), new IPAddress(bytes.AsSpan(12, 4)) }
                .Where(carried => !carried.Equals(IPAddress.Any))];
        if (sixToFour.Contains(address))
            return [address, new IPAddress(bytes.AsSpan(2, 4))];
        if (teredo.Contains(address))
            // The client's address is stored with every bit turned.
            return [address, new IPAddress(bytes.AsSpan(4, 4)), new IPAddress(bytes[12..].Select(b => (byte)~b).ToArray())];
        return [address];
    }
}
