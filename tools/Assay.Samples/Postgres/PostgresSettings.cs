namespace Assay.Samples.Postgres;

/// <summary>The settings of a server whose data nobody will miss.</summary>
internal static class PostgresSettings
{
    public static IEnumerable<string> Arguments(string folder, string dataFolder, string host, int port, LocalPostgresOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = host,
            ["port"] = $"{port}",
            ["unix_socket_directories"] = "",
            ["fsync"] = "off",
            ["synchronous_commit"] = "off",
            ["full_page_writes"] = "off",
            // With these two a COPY into a table of the same transaction writes no log.
            ["wal_level"] = "minimal",
            ["max_wal_senders"] = "0",
            ["max_connections"] = "200",
            // Statistics change only when somebody says ANALYZE, so that estimates can be tested.
            ["autovacuum"] = "off",
            ["jit"] = "off",
            ["log_connections"] = "on",
            ["shared_preload_libraries"] = "pg_stat_statements",
            ["ssl"] = options.Tls ? "on" : "off",
            ["ssl_cert_file"] = Path.Combine(folder, "server.crt"),
            ["ssl_key_file"] = Path.Combine(folder, "server.key"),
        };
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        return ["-D", dataFolder, .. settings.SelectMany(s => new[] { "-c", $"{s.Key}={s.Value}" })];
    }
}
