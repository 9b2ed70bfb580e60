using Assay.Server.Settings;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Assay.Server.Store;

/// <summary>Which metadata store is used and how it is reached.</summary>
internal sealed record StoreOptions(StoreKind Kind, string ConnectionString)
{
    /// <exception cref="StartupException">ASSAY_DATABASE is not a usable URL.</exception>
    public static StoreOptions From(AssaySettings settings) => settings.Database switch
    {
        "" => new(StoreKind.Sqlite, new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(settings.Data, StoreFile.Name),
            ForeignKeys = true,
            DefaultTimeout = 30,
            Pooling = true,
        }.ConnectionString),
        _ when Uri.TryCreate(settings.Database, UriKind.Absolute, out var url) && url.Scheme is "postgres" or "postgresql" => new(StoreKind.Postgres, FromUrl(url)),
        _ => throw new StartupException("ASSAY_DATABASE: expected nothing (SQLite) or a URL such as postgres://user:password@host:5432/database."),
    };

    private static string FromUrl(Uri url)
    {
        var user = url.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host.Trim('[', ']'),
            Port = url.IsDefaultPort || url.Port < 0 ? 5432 : url.Port,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            ApplicationName = "assay",
            MaxAutoPrepare = 100,
            MaxPoolSize = 40,
            // Short statements over indexes that lie in memory: compiling them costs more than running them.
            Options = "-c jit=off -c random_page_cost=1.1",
        };
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (parts[0] == "sslmode" && parts.Length == 2 && Enum.TryParse<SslMode>(parts[1].Replace("-", ""), ignoreCase: true, out var mode)) builder.SslMode = mode;
            else throw new StartupException($"ASSAY_DATABASE: the parameter '{parts[0]}' is not known; only sslmode is.");
        }
        return builder.ConnectionString;
    }
}
