using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Testing.MariaDb;

namespace Assay.Bench.Profiles;

/// <summary>
/// The case on MariaDB. Its floor is read through the connector as well: the engine's own mysql(...) function does not take the
/// encrypted connection that the connector insists on.
/// </summary>
internal static class MariaDbCase
{
    public static async Task RunAsync(ProfileRuns runs, long rows)
    {
        await using var server = await MariaDbServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, $"""
            CREATE TABLE orders (PRIMARY KEY (id)) AS SELECT seq AS id, (seq * 7919) % 100000 AS customer, ((seq * 31) % 9973) / 7e0 AS price, CAST(seq % 50 AS int) AS quantity,
                concat('sku-', seq % 5000) AS sku, elt(1 + seq % 4, 'new', 'paid', 'sent', 'back') AS state, DATE '2024-01-01' + INTERVAL (seq % 700) DAY AS day,
                concat('note ', seq % 1000) AS note
            FROM seq_1_to_{rows}
            """);
        var user = await server.CreateUserAsync($"SELECT, SHOW VIEW ON `{database}`.*");
        var target = new SourceTarget(new ConnectionSettings
        {
            Type = "mariadb",
            Host = server.Host,
            Port = server.Port,
            Username = user.Name,
            Password = new Secret(user.Password),
            Parameters = new Dictionary<string, JsonElement>(),
        }, new SourceScope(database));
        await runs.CompareAsync($"(d) MariaDB, {rows:N0} rows x 8", target, floor: null);
    }
}
