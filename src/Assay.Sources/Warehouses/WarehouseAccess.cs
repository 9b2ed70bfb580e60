using System.Security.Cryptography.X509Certificates;

namespace Assay.Sources.Warehouses;

/// <summary>A connection's settings after checking, as far as all vendors have them; each vendor adds its own.</summary>
internal abstract record WarehouseAccess
{
    public const int DefaultConnectSeconds = 8;

    /// <summary>The root of the vendor's service: scheme, host and port.</summary>
    public required Uri Endpoint { get; init; }
    /// <summary>Who signs in, for messages.</summary>
    public required string User { get; init; }
    /// <summary>Authorities to trust instead of the system's; null where none were given.</summary>
    public X509Certificate2Collection? Authorities { get; init; }
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(DefaultConnectSeconds);
    /// <summary>The longest a statement may run until its first rows; null leaves it to Assay's own limit.</summary>
    public TimeSpan? StatementTimeout { get; init; }
    /// <summary>Most rows per answer; null leaves it to the vendor.</summary>
    public int? FetchSize { get; init; }

    /// <summary>Host and port for messages.</summary>
    public string Shown => Endpoint.Authority;
}
