namespace Assay.Sources.Trino;

/// <summary>Trino and the Presto that it came from: one protocol, other names.</summary>
/// <param name="Type">The connector's type.</param>
/// <param name="Headers">What the protocol's headers begin with.</param>
internal sealed record TrinoFlavor(string Type, string DisplayName, string Headers)
{
    public static TrinoFlavor Trino { get; } = new("trino", "Trino", "X-Trino-");
    public static TrinoFlavor Presto { get; } = new("presto", "Presto", "X-Presto-");
}
