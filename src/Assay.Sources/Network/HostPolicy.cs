using System.Net;
using System.Net.Sockets;
using Assay.Sources.Contract;

namespace Assay.Sources.Network;

/// <summary>
/// Decides which hosts sources may lie on: the one place for connection tests, discovery, syncs and scans alike. Private ranges and
/// loopback are allowed, since databases live there; cloud metadata addresses and Assay's own endpoints never are. All addresses of a
/// name must pass, and the caller connects to an address from the verdict, so that a second look-up cannot change the answer.
/// </summary>
public sealed class HostPolicy
{
    /// <summary>The name of the step in a connection test.</summary>
    public const string Step = "resolve host";

    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(3);

    private readonly HostRule[] deny;
    private readonly HostRule[] allow;
    private readonly OwnEndpoints own;
    private readonly IHostNames names;
    private readonly TimeProvider time;

    internal HostPolicy(SourcesOptions options, OwnEndpoints own, IHostNames names, TimeProvider time)
    {
        deny = [.. options.HostsDeny.Select(HostRule.Parse)];
        allow = [.. options.HostsAllow.Select(HostRule.Parse)];
        (this.own, this.names, this.time) = (own, names, time);
    }

    /// <summary>Resolves a host, within 3 s, and checks every address it has.</summary>
    /// <param name="host">A name or an address, IPv6 with or without brackets.</param>
    /// <param name="port">The port that is to be connected to: Assay's own endpoints are refused, their neighbours on the machine are not.</param>
    public async Task<HostVerdict> ResolveAsync(string host, int port, CancellationToken cancel)
    {
        host = host.Trim('[', ']').TrimEnd('.');
        using var timeout = new CancellationTokenSource(ResolveTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            var addresses = await names.ResolveAsync(host, both.Token);
            if (addresses.Count == 0)
                return NotFound(host);
            foreach (var address in addresses)
                if (await ReasonAgainstAsync(host, address, port, both.Token) is { } reason)
                    return HostVerdict.Refused(SourceFaultCode.HostNotAllowed,
                        $"Assay may not connect to '{host}' on port {port}: {reason}. Whoever runs this Assay decides which hosts it may reach.");
            return HostVerdict.Of(addresses);
        }
        catch (SocketException)
        {
            return NotFound(host);
        }
        catch (ArgumentException)
        {
            // A name the resolver cannot even ask for, such as one of 300 characters.
            return NotFound(host);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return HostVerdict.Refused(SourceFaultCode.TimedOut,
                $"The name server did not answer within {ResolveTimeout.TotalSeconds:0} s when asked for '{host}'. Try again, or give an address instead of a name.");
        }
    }

    private async Task<string?> ReasonAgainstAsync(string host, IPAddress address, int port, CancellationToken cancel)
    {
        var meanings = AddressMeanings.Of(address);
        if (meanings.Select(RefusedRanges.ReasonAgainst).FirstOrDefault(reason => reason is not null) is { } refused)
            return refused;
        if (await own.FindAsync(meanings, port, cancel) is { } what)
            return $"Assay's own {what} is there";
        return deny.Any(rule => rule.Matches(host, meanings)) && !allow.Any(rule => rule.Matches(host, meanings))
            ? "the host is on the list of denied hosts"
            : null;
    }

    private static HostVerdict NotFound(string host) => HostVerdict.Refused(SourceFaultCode.HostNotFound,
        $"The name '{host}' is not known to the name server. Check the spelling, and that the name can be resolved from where Assay runs.");
}
