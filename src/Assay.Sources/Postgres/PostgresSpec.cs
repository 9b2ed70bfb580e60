using Assay.Sources.Contract;

namespace Assay.Sources.Postgres;

internal static class PostgresSpec
{
    public const int DefaultPort = 5432;

    public static ConnectorSpec Postgres { get; } = new()
    {
        Type = "postgresql",
        DisplayName = "PostgreSQL",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = true,
        CatalogLevels = ["database", "schema"],
        DefaultPort = DefaultPort,
        Properties =
        [
            new() { Field = "host", Required = true, Title = "Host", Placeholder = "db.example.com", Info = "Name or address of the server." },
            new() { Field = "port", Required = true, Title = "Port", Type = "number", Default = DefaultPort },
            new() { Field = "username", Required = true, Title = "User", Info = "A role that may connect to the database and read the schema." },
            new() { Field = "password", Required = true, Title = "Password", Secret = true },
            new()
            {
                Field = "sslmode", MapTo = "parameters", Title = "TLS", Type = "enum", Values = PostgresSettings.TlsModes, Default = "prefer",
                Info = "verify-full encrypts and makes sure that the server is the one that was asked for.",
            },
            new()
            {
                Field = "sslrootcert", MapTo = "parameters", Title = "Certificate authority", Info = "The certificate (PEM text) that the server's must descend from; the system's own authorities where it is empty.",
            },
            new() { Field = "application_name", MapTo = "parameters", Title = "Application name", Default = PostgresSettings.DefaultApplicationName, Info = "How Assay's sessions are called in pg_stat_activity." },
            new() { Field = "connect_timeout", MapTo = "parameters", Title = "Connect time-out (s)", Type = "number", Default = PostgresSettings.DefaultConnectSeconds },
            new() { Field = "statement_timeout", MapTo = "parameters", Title = "Statement time-out (s)", Type = "number", Info = "The longest one statement of a discovery or sync may run; the server enforces it." },
            new() { Field = "database", Required = true, Title = "Database", ConnectionProperty = false },
            new() { Field = "schema", Required = true, Title = "Schema", ConnectionProperty = false },
        ],
    };

    /// <summary>
    /// TimescaleDB is PostgreSQL with hypertables. Onboarding takes one step, so that the connection may name the database that
    /// discovery looks into.
    /// </summary>
    public static ConnectorSpec Timescale { get; } = Postgres with
    {
        Type = "timescale",
        DisplayName = "TimescaleDB",
        SupportsEnrichment = false,
        CatalogLevels = ["schema"],
        Properties =
        [
            .. Postgres.Properties.Where(p => p.ConnectionProperty),
            new() { Field = "database", MapTo = "parameters", Title = "Database", Info = "Where schemas are discovered, and the database of datastores that name none." },
            .. Postgres.Properties.Where(p => !p.ConnectionProperty).Select(p => p with { Required = p.Field == "schema" }),
        ],
    };
}
