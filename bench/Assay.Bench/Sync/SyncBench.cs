using System.Diagnostics;
using System.Text.Json.Nodes;
using Assay.Bench.Hosting;
using Assay.Samples.Postgres;
using Assay.Testing.Postgres;

namespace Assay.Bench.Sync;

/// <summary>A first sync of very many tables of twenty columns from PostgreSQL, one without changes, and one after changes.</summary>
internal static class SyncBench
{
    private const int Columns = 20;
    private static readonly TimeSpan MostForFirst = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MostForSecond = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(Options options)
    {
        var tables = options.Count == 100_000 ? 10_000 : options.Count;
        await using var source = await PostgresServer.StartNewAsync(new LocalPostgresOptions
        {
            Settings = new Dictionary<string, string> { ["shared_preload_libraries"] = "pg_stat_statements", ["pg_stat_statements.track_utility"] = "on", ["autovacuum"] = "off" },
        });
        var database = await source.CreateDatabaseAsync("source");
        await FillAsync(source, database, tables);
        var role = await source.CreateReaderAsync();
        var met = true;
        foreach (var store in options.Stores) met &= await RunAsync(store, source, database, role, tables);
        return met ? 0 : 1;
    }

    private static async Task<bool> RunAsync(string store, PostgresServer source, string database, PostgresRole role, int tables)
    {
        await using var servers = await Servers.StartAsync(store);
        using var http = servers.AdminClient();
        var made = await AskAsync(http, "/api/datastores", new JsonObject
        {
            ["name"] = "bench",
            ["database"] = database,
            ["schema"] = "public",
            ["trigger_sync"] = false,
            ["connection"] = new JsonObject
            {
                ["name"] = "bench",
                ["type"] = "postgresql",
                ["host"] = source.Host,
                ["port"] = source.Port,
                ["username"] = role.Name,
                ["password"] = role.Password,
            },
        });
        var id = (long)made["id"]!;
        Console.WriteLine($"\n{store}, {tables} tables x {Columns} columns");
        var first = await SyncAsync(http, id, "first sync", source, database, role, servers);
        var second = await SyncAsync(http, id, "second, nothing changed", source, database, role, servers);
        await source.RunSqlAsync(database, "DO $$ BEGIN FOR i IN 1..100 LOOP EXECUTE format('ALTER TABLE t%s ADD COLUMN extra_%s int', i, floor(random() * 1e9)::int); END LOOP; END $$");
        await SyncAsync(http, id, "third, 100 tables changed", source, database, role, servers);
        return first < MostForFirst && second < MostForSecond;
    }

    private static async Task<TimeSpan> SyncAsync(HttpClient http, long datastore, string title, PostgresServer source, string database, PostgresRole role, Servers servers)
    {
        await source.RunSqlAsync(database, "SELECT pg_stat_statements_reset()");
        var clock = Stopwatch.StartNew();
        var operation = await AskAsync(http, "/api/operations/run", new JsonObject { ["type"] = "sync", ["datastore_id"] = datastore });
        var most = 0L;
        while (operation["end_time"] is null)
        {
            await Task.Delay(20);
            servers.AssayProcess.Refresh();
            most = Math.Max(most, servers.AssayProcess.WorkingSet64);
            operation = (await http.GetFromJsonAsync<JsonNode>($"/api/operations/{operation["id"]}"))!;
        }
        var took = clock.Elapsed;
        var statements = await source.ScalarAsync<decimal>(database,
            $"SELECT COALESCE(SUM(calls), 0)::numeric FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname = '{role.Name}'");
        var counters = operation["status"]!;
        Console.WriteLine($"{title}: {operation["result"]} in {took.TotalSeconds:0.00} s, {statements} statements on the source, {counters["containers_listed"]} listed, "
            + $"{counters["containers_added"]} added, {counters["containers_changed"]} changed, {counters["fields_added"]} fields added, at most {most >> 20} MB resident");
        return (string?)operation["result"] == "success" ? took : TimeSpan.MaxValue;
    }

    // In portions: one transaction would need a lock for every table.
    private static async Task FillAsync(PostgresServer source, string database, int tables)
    {
        await source.RunSqlAsync(database, "CREATE EXTENSION pg_stat_statements");
        var columns = string.Join(", ", Enumerable.Range(2, Columns - 2).Select(c => $"column_{c} {(c % 4) switch { 0 => "text", 1 => "numeric(12,2)", 2 => "timestamptz", _ => "integer" }}"));
        for (var from = 1; from <= tables; from += 500)
            await source.RunSqlAsync(database,
                $"DO $$ BEGIN FOR i IN {from}..{Math.Min(tables, from + 499)} LOOP EXECUTE format('CREATE TABLE t%s (id bigint PRIMARY KEY, {columns}, updated_at timestamptz NOT NULL)', i); END LOOP; END $$");
        await source.RunSqlAsync(database, "VACUUM ANALYZE");
    }

    private static async Task<JsonNode> AskAsync(HttpClient http, string path, JsonObject body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }
}
