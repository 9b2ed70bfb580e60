using Assay.Sources.Contract;

namespace Assay.Server.Connections;

/// <summary>The steps that lead to a source and its catalog: what fails there fails for everything behind the connection.</summary>
internal static class WayToSource
{
    private static readonly HashSet<string> Steps = new(StringComparer.OrdinalIgnoreCase) { "resolve host", "connect", "TLS", "sign in", "see catalog" };

    /// <summary>Whether the fault is the connection's rather than one schema's. A server that is full may have room again.</summary>
    public static bool Covers(SourceFault fault) => fault.Code is not SourceFaultCode.TooManyConnections && Steps.Contains(fault.Step);
}
