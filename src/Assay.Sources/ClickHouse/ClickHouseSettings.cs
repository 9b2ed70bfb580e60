using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Network;

namespace Assay.Sources.ClickHouse;

/// <summary>The settings of a connection to a ClickHouse server, checked.</summary>
internal sealed record ClickHouseSettings(Uri Url, string User, string Password, TimeSpan? StatementTimeout)
{
    public const int DefaultPort = 8443;

    public static ConnectorSpec Spec { get; } = new()
    {
        Type = "clickhouse",
        DisplayName = "ClickHouse",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = false,
        CatalogLevels = ["database"],
        SchemaIsDatabase = true,
        DefaultPort = DefaultPort,
        Properties =
        [
            new() { Field = "host", Required = true, Title = "Host", Placeholder = "db.example.com" },
            new() { Field = "port", Required = true, Title = "Port", Type = "number", Default = DefaultPort, Info = "The port of the HTTP interface: 8443 with TLS, 8123 without." },
            new() { Field = "username", Required = true, Title = "User" },
            new() { Field = "password", Title = "Password", Secret = true },
            new() { Field = "ssl", MapTo = "parameters", Title = "Encrypt", Type = "boolean", Default = true, Info = "The server's certificate is verified." },
            new() { Field = "statement_timeout", MapTo = "parameters", Title = "Statement time-out (s)", Type = "number", Group = "Limits" },
            new() { Field = "database", Required = true, Title = "Database", ConnectionProperty = false },
        ],
    };

    public static ClickHouseSettings? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems)
    {
        var parameters = new Parameters(connection.Parameters);
        var tls = parameters.Choice("ssl", "true", "false") is not "false";
        var statement = parameters.Number("statement_timeout", 1, 86_400);
        problems =
        [
            .. HostFields.Problems(connection, Spec.Type, signIn: false),
            .. string.IsNullOrEmpty(connection.Username) ? [new SettingProblem(["username"], "Field required", "missing")] : Array.Empty<SettingProblem>(),
            .. parameters.Problems(Spec.Type),
        ];
        if (problems.Count > 0) return null;
        var url = new UriBuilder(tls ? "https" : "http", connection.Host!.Trim(), connection.Port ?? DefaultPort).Uri;
        return new ClickHouseSettings(url, connection.Username!, connection.Password?.Reveal() ?? "", statement is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    public EngineOptions ToOptions(GuardedHttp http) => new() { Url = Url, User = User, Password = Password, CreateHandler = http.CreateHandler };
}
