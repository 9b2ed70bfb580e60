using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>The settings of a PostgreSQL connection after checking: all that reaches the driver comes from here, field by field.</summary>
internal sealed record PostgresSettings
{
    public const string DefaultApplicationName = "assay";
    public const int DefaultConnectSeconds = 8;

    private const int LongestText = 63;
    private const int LongestCertificate = 256 * 1024;

    private static readonly Dictionary<string, SslMode> tlsModes = new(StringComparer.Ordinal)
    {
        ["disable"] = SslMode.Disable,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    public static IReadOnlyList<string> TlsModes => [.. tlsModes.Keys];

    public required string Host { get; init; }
    public required int Port { get; init; }
    public required string Username { get; init; }
    public required Secret Password { get; init; }
    public SslMode Tls { get; init; }
    /// <summary>Authorities to trust instead of the system's; null where none were given.</summary>
    public X509Certificate2Collection? Authorities { get; init; }
    public string ApplicationName { get; init; } = DefaultApplicationName;
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(DefaultConnectSeconds);
    public TimeSpan? StatementTimeout { get; init; }
    /// <summary>The database of those who name none; only where one level of discovery leaves no place to name it.</summary>
    public string? Database { get; init; }

    /// <summary>Whether the server's certificate is looked at.</summary>
    public bool Verifies => Tls is SslMode.VerifyCA or SslMode.VerifyFull;

    /// <returns>The settings, or null and what is wrong with them.</returns>
    public static PostgresSettings? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems)
    {
        var parameters = new Parameters(connection.Parameters);
        var mode = parameters.Choice("sslmode", [.. tlsModes.Keys]);
        var certificate = parameters.Text("sslrootcert", LongestCertificate);
        var settings = new PostgresSettings
        {
            Host = connection.Host?.Trim() ?? "",
            Port = connection.Port ?? PostgresSpec.DefaultPort,
            Username = connection.Username ?? "",
            Password = connection.Password ?? new Secret(""),
            Tls = tlsModes[mode ?? "prefer"],
            Authorities = certificate is null ? null : ReadAuthorities(certificate, mode, parameters),
            ApplicationName = parameters.Text("application_name", LongestText) ?? DefaultApplicationName,
            ConnectTimeout = TimeSpan.FromSeconds(parameters.Number("connect_timeout", 1, 60) ?? DefaultConnectSeconds),
            StatementTimeout = parameters.Number("statement_timeout", 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Database = connection.Type == PostgresSpec.Timescale.Type ? parameters.Text("database", LongestText) : null,
        };
        problems = [.. FieldProblems(settings, connection), .. parameters.Problems(connection.Type)];
        return problems.Count == 0 ? settings : null;
    }

    /// <summary>True where a text can be a name in PostgreSQL. A zero byte would end the driver's message early and begin another setting.</summary>
    public static bool CanBeName(string text) => text.Length > 0 && !text.Contains('\0');

    private static IEnumerable<SettingProblem> FieldProblems(PostgresSettings settings, ConnectionSettings connection)
    {
        if (settings.Host.Length == 0)
            yield return Missing("host");
        else if (HostSyntax.ProblemOf(settings.Host) is { } problem)
            yield return new SettingProblem(["host"], problem);
        if (settings.Port is < 1 or > 65_535)
            yield return new SettingProblem(["port"], "Input should be a port from 1 to 65535");
        if (settings.Username.Length == 0)
            yield return Missing("username");
        else if (!CanBeName(settings.Username))
            yield return new SettingProblem(["username"], "The name must not hold a zero byte");
        if (settings.Password.Reveal() is { Length: 0 })
            yield return Missing("password");
        else if (settings.Password.Reveal().Contains('\0'))
            yield return new SettingProblem(["password"], "The password must not hold a zero byte");
        if (!string.IsNullOrEmpty(connection.Uri))
            yield return new SettingProblem(["uri"], $"{connection.Type} takes no URL: give host, port, username and password");
    }

    private static SettingProblem Missing(string field) => new([field], "Field required", "missing");

    private static X509Certificate2Collection? ReadAuthorities(string pem, string? mode, Parameters parameters)
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
