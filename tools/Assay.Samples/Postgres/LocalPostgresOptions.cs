namespace Assay.Samples.Postgres;

/// <summary>How a local PostgreSQL is set up. The defaults suit a test: everything is thrown away at the end, nothing is synced to disk.</summary>
public sealed record LocalPostgresOptions
{
    /// <summary>The loopback port to listen on; null takes a free one.</summary>
    public int? Port { get; init; }
    /// <summary>False starts a server that answers "no" to every request for TLS.</summary>
    public bool Tls { get; init; } = true;
    /// <summary>Further server settings, as for <c>postgres -c name=value</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
