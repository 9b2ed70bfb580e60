using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Testing.Postgres;

namespace Assay.Bench.Profiles;

/// <summary>The cases on PostgreSQL: one large table, and many small ones.</summary>
internal static class PostgresCases
{
    private const int AtOnce = 2;

    private static readonly string[] Columns = ["id", "customer", "price", "quantity", "sku", "state", "gift", "note"];

    public static async Task RunAsync(ProfileRuns runs, ProfileSizes sizes)
    {
        await using var server = await PostgresServer.StartNewAsync();
        if (sizes.Does('c')) await LargeAsync(runs, server, sizes.PostgresRows);
        if (sizes.Does('e') || sizes.Does('f')) await ManyAsync(runs, server, sizes);
    }

    private static async Task LargeAsync(ProfileRuns runs, PostgresServer server, long rows)
    {
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, $"CREATE TABLE orders AS {Rows(rows)}");
        await server.RunSqlAsync(database, "ANALYZE orders");
        var (target, role) = await TargetAsync(server, database);
        await runs.CompareAsync($"(c) PostgreSQL, {rows:N0} rows x 8", target, "postgresql({h:String}, {d:String}, 'orders', {u:String}, {p:String})",
            () => server.RunSqlAsync(database, $"SELECT {string.Join(", ", Columns.Select(Pushed))} FROM orders"),
            query => query.With("h", $"{server.Host}:{server.Port}").With("d", database).With("u", role.Name).WithSecret("p", role.Password));
    }

    private static async Task ManyAsync(ProfileRuns runs, PostgresServer server, ProfileSizes sizes)
    {
        var (tables, rows) = (sizes.Tables, sizes.RowsPerTable);
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, string.Join("; ", Enumerable.Range(0, tables).Select(i => $"CREATE TABLE t{i} AS {Rows(rows)}")));
        if (sizes.Does('e')) await ByItselfAsync(runs, server, database, tables, rows);
        if (sizes.Does('f')) await OperationCase.RunAsync(server, database, tables);
    }

    private static async Task ByItselfAsync(ProfileRuns runs, PostgresServer server, string database, int tables, int rows)
    {
        var (target, _) = await TargetAsync(server, database);
        var containers = await runs.ListAsync(target);
        var rounds = new List<double>();
        for (var round = 0; round < ProfileRuns.Rounds; round++) rounds.Add(await ProfileRuns.SecondsAsync(() => Parallel.ForEachAsync(containers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (container, _) => await runs.ProfileAsync(target, container))));
        var seconds = ProfileRuns.Median(rounds);
        Console.WriteLine($"(e) {tables} tables x {rows:N0} rows, {AtOnce} at once: {seconds:F2} s, {tables / seconds:F1} tables/s (the first round, before everything is compiled, {tables / rounds[0]:F1})");
        Console.WriteLine($"  peak memory: engine {PeakMemory.Megabytes("assay-engine")} MB, Assay {PeakMemory.Megabytes(null)} MB");
    }

    private static string Rows(long rows) => $"""
        SELECT g AS id, (g::bigint * 7919) % 100000 AS customer, ((g::bigint * 31) % 9973)::float8 / 7 AS price, (g % 50)::int AS quantity,
            'sku-' || (g % 5000) AS sku, (ARRAY['new','paid','sent','back'])[1 + g % 4] AS state, g % 3 = 0 AS gift, 'note ' || (g % 1000) AS note
        FROM generate_series(1, {rows}) g
        """;

    /// <summary>What one statement at the source has to compute for about the same figures.</summary>
    private static string Pushed(string column) => column switch
    {
        "gift" => "count(gift), count(*) FILTER (WHERE gift)",
        "sku" or "state" or "note" => $"count({column}), count(DISTINCT {column}), min(length({column})), max(length({column})), avg(length({column}))",
        _ => $"count({column}), count(DISTINCT {column}), min({column}), max({column}), avg({column}), sum({column}), stddev_pop({column}), percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY {column})",
    };

    private static async Task<(SourceTarget Target, PostgresRole Role)> TargetAsync(PostgresServer server, string database)
    {
        var role = await server.CreateRoleAsync();
        await server.RunSqlAsync(database, $"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {PostgresServer.Quote(role.Name)}");
        return (new SourceTarget(new ConnectionSettings
        {
            Type = "postgresql",
            Host = server.Host,
            Port = server.Port,
            Username = role.Name,
            Password = new Secret(role.Password),
            Parameters = new Dictionary<string, JsonElement>(),
        }, new SourceScope(database, "public")), role);
    }
}
