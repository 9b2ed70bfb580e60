using System.Diagnostics.CodeAnalysis;
using Assay.Sources.Contract;

namespace Assay.Sources.Catalogue;

/// <summary>All connectors of this build, by type.</summary>
public sealed class ConnectorCatalogue
{
    private readonly Dictionary<string, IConnector> byType;

    internal ConnectorCatalogue(IEnumerable<IConnector> connectors) =>
        byType = connectors.ToDictionary(c => c.Spec.Type, StringComparer.Ordinal);

    /// <summary>Every connector, ordered by type.</summary>
    public IEnumerable<IConnector> All => byType.Values.OrderBy(c => c.Spec.Type, StringComparer.Ordinal);

    public bool TryFind(string type, [NotNullWhen(true)] out IConnector? connector) => byType.TryGetValue(type, out connector);

    /// <summary>The connector of a type that is known to exist, such as one read from the metadata store.</summary>
    /// <exception cref="SourceException">The build has no such connector (<see cref="SourceFaultCode.Unsupported"/>).</exception>
    public IConnector Find(string type) => byType.TryGetValue(type, out var connector)
        ? connector
        : throw new SourceException(new SourceFault(SourceFaultCode.Unsupported, "find connector", $"This build of Assay has no connector of type '{type}'."));
}
