using System.Diagnostics.CodeAnalysis;
using System.Net;
using Assay.Sources.Contract;

namespace Assay.Sources.Network;

/// <summary>The host policy's answer: the addresses that may be connected to, or why there are none.</summary>
public sealed class HostVerdict
{
    private HostVerdict(IReadOnlyList<IPAddress> addresses, SourceFault? fault) => (Addresses, Fault) = (addresses, fault);

    /// <summary>The checked addresses, in the resolver's order. Connect to one of these, not to the name.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; }
    public SourceFault? Fault { get; }

    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Allowed => Fault is null;

    internal static HostVerdict Of(IReadOnlyList<IPAddress> addresses) => new(addresses, null);

    internal static HostVerdict Refused(SourceFaultCode code, string message) => new([], new SourceFault(code, HostPolicy.Step, message));
}
