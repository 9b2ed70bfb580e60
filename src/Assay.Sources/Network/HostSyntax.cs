namespace Assay.Sources.Network;

/// <summary>What a host field may hold: one name or address, and nothing that a driver would take for something else.</summary>
internal static class HostSyntax
{
    private const int LongestName = 255;

    /// <summary>What is wrong with a host, or null.</summary>
    public static string? ProblemOf(string host)
    {
        if (host.Contains("://", StringComparison.Ordinal))
            return "Give the host alone, without a scheme in front of it.";
        if (host.StartsWith('/') || host.StartsWith('@') || host.StartsWith('\\'))
            return "Give the name or address of a host; the path of a socket is not accepted.";
        if (host.Length > LongestName || host.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || ",;/\\@?#'\"=".Contains(c)))
            return "This is not the name or address of one host.";
        if (!System.Net.IPAddress.TryParse(host, out _) && host.Contains(':'))
            return "Give the host alone; the port belongs into the field port.";
        return null;
    }
}
