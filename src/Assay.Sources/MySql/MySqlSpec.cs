using Assay.Sources.Contract;

namespace Assay.Sources.MySql;

/// <summary>MySQL and MariaDB describe themselves alike; only their names differ.</summary>
internal static class MySqlSpec
{
    public const int DefaultPort = 3306;

    public static ConnectorSpec Of(string type, string displayName) => new()
    {
        Type = type,
        DisplayName = displayName,
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = true,
        CatalogLevels = ["database"],
        SchemaIsDatabase = true,
        DefaultPort = DefaultPort,
        Properties =
        [
            new() { Field = "host", Required = true, Title = "Host", Placeholder = "db.example.com", Info = "Name or address of the server." },
            new() { Field = "port", Required = true, Title = "Port", Type = "number", Default = DefaultPort },
            new() { Field = "username", Required = true, Title = "User", Info = "A user that may read the database." },
            new() { Field = "password", Required = true, Title = "Password", Secret = true },
            new()
            {
                Field = "sslmode", MapTo = "parameters", Title = "TLS", Type = "enum", Values = MySqlSettings.TlsModes, Default = "prefer", Group = "TLS",
                Info = "verify-full encrypts and makes sure that the server is the one that was asked for.",
            },
            new()
            {
                Field = "sslrootcert", MapTo = "parameters", Title = "Certificate authority", Group = "TLS",
                Info = "With verify-ca and verify-full: the certificate (PEM text) that the server's must descend from; the system's own authorities where it is empty.",
            },
            new() { Field = "connect_timeout", MapTo = "parameters", Title = "Connect time-out (s)", Type = "number", Default = MySqlSettings.DefaultConnectSeconds, Group = "Limits" },
            new() { Field = "statement_timeout", MapTo = "parameters", Title = "Statement time-out (s)", Type = "number", Group = "Limits", Info = "The longest one statement of a discovery, sync or read may run; the server enforces it." },
            new() { Field = "database", Required = true, Title = "Database", ConnectionProperty = false },
        ],
    };
}
