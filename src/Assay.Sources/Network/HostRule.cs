using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;
using System.Net;

namespace Assay.Sources.Network;

/// <summary>One entry of the operator's lists: a pattern of names or a set of ranges.</summary>
internal sealed class HostRule
{
    private static readonly Dictionary<string, IReadOnlyList<IPNetwork>> words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["loopback"] = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")],
        // RFC 1918, RFC 6598 (shared address space, where some clouds put services), RFC 4193.
        ["private"] =
        [
            IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
            IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("fc00::/7"),
        ],
    };

    private readonly string? name;
    private readonly IReadOnlyList<IPNetwork> ranges;

    private HostRule(string? name, IReadOnlyList<IPNetwork> ranges) => (this.name, this.ranges) = (name, ranges);

    /// <exception cref="FormatException">The entry is none of the forms that <see cref="SourcesOptions.HostsDeny"/> lists.</exception>
    public static HostRule Parse(string entry) => TryParse(entry, out var rule, out var problem) ? rule : throw new FormatException(problem);

    public static bool TryParse(string entry, [NotNullWhen(true)] out HostRule? rule, [NotNullWhen(false)] out string? problem)
    {
        (rule, problem) = (null, null);
        if (words.TryGetValue(entry, out var ranges))
            rule = new HostRule(null, ranges);
        else if (IPNetwork.TryParse(entry, out var range))
            rule = new HostRule(null, [range]);
        else if (IPAddress.TryParse(entry, out var address))
            rule = new HostRule(null, [new IPNetwork(address, address.GetAddressBytes().Length * 8)]);
        else if (entry.Contains('/'))
            problem = $"'{entry}' is not a range of addresses, such as 10.0.0.0/8.";
        else if (entry.Length > 0 && entry.All(c => char.IsLetterOrDigit(c) || c is '*' or '.' or '-' or '_'))
            rule = new HostRule(entry.TrimEnd('.'), []);
        else
            problem = $"'{entry}' is neither a host name, an address nor a range of addresses.";
        return rule is not null;
    }

    /// <param name="host">The host as the user wrote it.</param>
    /// <param name="meanings">The addresses that are meant by one address it resolved to (<see cref="AddressMeanings"/>).</param>
    public bool Matches(string host, IReadOnlyList<IPAddress> meanings) => name is null
        ? meanings.Any(address => ranges.Any(range => range.Contains(address)))
        : FileSystemName.MatchesSimpleExpression(name, host, ignoreCase: true);
}
