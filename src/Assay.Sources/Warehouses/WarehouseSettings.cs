using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Network;

namespace Assay.Sources.Warehouses;

/// <summary>Reads a vendor's connection: collects what is wrong, field by field, while the values are asked for.</summary>
internal sealed class WarehouseSettings(ConnectionSettings connection, string type)
{
    private const int LongestSecret = 64 * 1024;
    private const int LongestCertificate = 256 * 1024;

    private readonly List<SettingProblem> problems = [];
    private readonly HashSet<string> fields = new(StringComparer.Ordinal);

    public ConnectionSettings Connection => connection;

    public Parameters Parameters { get; } = new(connection.Parameters);

    /// <summary>Everything that was wrong, and whatever was set but never asked for.</summary>
    public IReadOnlyList<SettingProblem> Problems => [.. problems, .. Unasked(), .. Parameters.Problems(type)];

    public void Add(string field, string message, string kind = "value_error") => problems.Add(new SettingProblem([field], message, kind));

    public void Missing(string field) => Add(field, "Field required", "missing");

    /// <summary>The root of the service, from host, port and the parameter <c>ssl</c>.</summary>
    /// <param name="otherwise">The host where none is given; null makes it a required field.</param>
    public Uri? Endpoint(int? plainPort = null, bool tls = true, string? otherwise = null, Func<string, string>? complete = null)
    {
        fields.UnionWith(["host", "port"]);
        var encrypted = Flag("ssl") ?? tls;
        var host = connection.Host?.Trim() is { Length: > 0 } given ? given : otherwise ?? "";
        var port = connection.Port ?? (encrypted ? 443 : plainPort ?? 80);
        if (host.Length == 0) Missing("host");
        else if (HostSyntax.ProblemOf(host) is { } problem) Add("host", problem);
        else if (port is < 1 or > 65_535) Add("port", "Input should be a port from 1 to 65535");
        else
        {
            host = complete?.Invoke(host) ?? host;
            return new UriBuilder(encrypted ? "https" : "http", host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host, port).Uri;
        }
        return null;
    }

    public string Username(bool required = true)
    {
        fields.Add("username");
        var name = connection.Username?.Trim() ?? "";
        if (name.Length == 0 && required) Missing("username");
        else if (name.Any(char.IsControl)) Add("username", "The name must not hold control characters");
        return name;
    }

    public Secret Password(bool required = true)
    {
        fields.Add("password");
        var password = connection.Password ?? new Secret("");
        if (password.Reveal().Length == 0 && required) Missing("password");
        else if (password.Reveal().Length > LongestSecret) Add("password", $"String should have at most {LongestSecret} characters", "string_too_long");
        return password;
    }

    /// <summary>A password that goes into a header: such texts hold no line breaks.</summary>
    public Secret Token()
    {
        var token = new Secret(Password().Reveal().Trim());
        if (token.Reveal().Any(c => char.IsControl(c) || c > 126)) Add("password", "A token has no spaces, line breaks or special letters");
        return token;
    }

    public Secret? Passphrase()
    {
        fields.Add("passphrase");
        return connection.Passphrase is { } passphrase && passphrase.Reveal().Length > 0 ? passphrase : null;
    }

    /// <summary>Lets a field of the connection pass; the caller reads it.</summary>
    public void Accept(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) fields.Add(name);
    }

    /// <summary>The mode of signing in, in capitals.</summary>
    public string Mode(params string[] modes)
    {
        var chosen = Parameters.Choice("authentication_type", modes);
        return chosen?.ToUpperInvariant() ?? modes[0];
    }

    public bool? Flag(string name) => Parameters.Choice(name, "true", "false") is { } text ? text == "true" : null;

    public TimeSpan ConnectTimeout() => TimeSpan.FromSeconds(Parameters.Number("connect_timeout", 1, 60) ?? WarehouseAccess.DefaultConnectSeconds);

    public TimeSpan? StatementTimeout() => Parameters.Number("statement_timeout", 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Certificates of authorities as PEM text: a path would let users read files of Assay's machine.</summary>
    public X509Certificate2Collection? Authorities(string name)
    {
        if (Parameters.Text(name, LongestCertificate) is not { } pem) return null;
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
            Parameters.Add(name, "Input should be one or more certificates as PEM text (-----BEGIN CERTIFICATE----- ...)");
        return authorities;
    }

    private IEnumerable<SettingProblem> Unasked() =>
        from field in (IEnumerable<(string Name, object? Value)>)[
            ("host", connection.Host), ("port", connection.Port), ("username", connection.Username), ("password", connection.Password?.Reveal()),
            ("passphrase", connection.Passphrase?.Reveal()), ("uri", connection.Uri), ("access_key", connection.AccessKey),
            ("secret_key", connection.SecretKey?.Reveal()), ("catalog", connection.Catalog), ("catalog_type", connection.CatalogType)]
        where field.Value is not (null or "") && !fields.Contains(field.Name)
        select new SettingProblem([field.Name], $"{type} takes no such field", "extra_forbidden");
}
