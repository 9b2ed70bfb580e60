using System.Net;

namespace Assay.Sources.Network;

/// <summary>Ranges in which no source may lie, whatever the operator allows: each with its owner.</summary>
internal static class RefusedRanges
{
    private const string Metadata = "it is an address of a cloud's metadata service";
    private const string LinkLocal = "it is a link-local address, where clouds have their metadata services";
    private const string NoHost = "it is not the address of one host";

    private static readonly (IPNetwork Range, string Reason)[] all =
    [
        (IPNetwork.Parse("169.254.0.0/16"), LinkLocal),        // RFC 3927; AWS, Azure, GCP, OpenStack, DigitalOcean: 169.254.169.254; AWS ECS: 169.254.170.2
        (IPNetwork.Parse("fe80::/10"), LinkLocal),             // RFC 4291; OpenStack: fe80::a9fe:a9fe
        (IPNetwork.Parse("168.63.129.16/32"), Metadata),       // Azure WireServer
        (IPNetwork.Parse("192.0.0.192/32"), Metadata),         // Oracle Cloud
        (IPNetwork.Parse("100.100.100.200/32"), Metadata),     // Alibaba Cloud
        (IPNetwork.Parse("fd00:ec2::/32"), Metadata),          // AWS: ::254 instance metadata, ::23 EKS pod identity
        (IPNetwork.Parse("fd20:ce::254/128"), Metadata),       // GCP
        (IPNetwork.Parse("0.0.0.0/8"), NoHost),                // RFC 1122 "this host on this network"; 0.0.0.0 reaches this machine
        (IPNetwork.Parse("::/128"), NoHost),                   // RFC 4291, unspecified; reaches this machine
        (IPNetwork.Parse("224.0.0.0/4"), NoHost),              // RFC 5771, multicast
        (IPNetwork.Parse("ff00::/8"), NoHost),                 // RFC 4291, multicast
        (IPNetwork.Parse("240.0.0.0/4"), NoHost),              // RFC 1112, reserved; with it 255.255.255.255, broadcast
    ];

    /// <summary>Why an address is refused, or null where it is not.</summary>
    public static string? ReasonAgainst(IPAddress address) => all.FirstOrDefault(entry => entry.Range.Contains(address)).Reason;
}
