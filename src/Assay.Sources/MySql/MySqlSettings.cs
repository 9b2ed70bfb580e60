using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Network;

namespace Assay.Sources.MySql;

/// <summary>The settings of a connection after checking: all that reaches the driver comes from here, field by field.</summary>
internal sealed record MySqlSettings
{
    public const int DefaultConnectSeconds = 8;

    private const int LongestCertificate = 256 * 1024;

    public static IReadOnlyList<string> TlsModes { get; } = ["disable", "prefer", "require", "verify-ca", "verify-full"];

    public required string Host { get; init; }
    public required int Port { get; init; }
    public required string Username { get; init; }
    public required Secret Password { get; init; }
    /// <summary>One of <see cref="TlsModes"/>.</summary>
    public required string Tls { get; init; }
    /// <summary>Authorities to trust instead of the system's; null where none were given.</summary>
    public X509Certificate2Collection? Authorities { get; init; }
    public TimeSpan ConnectTimeout { get; init; }
    public TimeSpan? StatementTimeout { get; init; }

    /// <returns>The settings, or null and what is wrong with them.</returns>
    public static MySqlSettings? Read(string type, ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems)
    {
        var parameters = new Parameters(connection.Parameters);
        var mode = parameters.Choice("sslmode", [.. TlsModes]) ?? "prefer";
        var certificate = parameters.Text("sslrootcert", LongestCertificate);
        var settings = new MySqlSettings
        {
            Host = connection.Host?.Trim() ?? "",
            Port = connection.Port ?? MySqlSpec.DefaultPort,
            Username = connection.Username ?? "",
            Password = connection.Password ?? new Secret(""),
            Tls = mode,
            Authorities = certificate is null ? null : ReadAuthorities(certificate, mode, parameters),
            ConnectTimeout = TimeSpan.FromSeconds(parameters.Number("connect_timeout", 1, 60) ?? DefaultConnectSeconds),
            StatementTimeout = parameters.Number("statement_timeout", 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        problems = [.. HostFields.Problems(connection, type), .. parameters.Problems(type)];
        return problems.Count == 0 ? settings : null;
    }

    private static X509Certificate2Collection? ReadAuthorities(string pem, string mode, Parameters parameters)
    {
        if (mode is not ("verify-ca" or "verify-full"))
            parameters.Add("sslrootcert", "The certificate is only looked at with sslmode verify-ca or verify-full");
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            authorities.Clear();
        }
        if (authorities.Count == 0)
            parameters.Add("sslrootcert", "Input should be one or more certificates as PEM text (-----BEGIN CERTIFICATE----- ...)");
        return authorities;
    }
}
