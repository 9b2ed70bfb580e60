using System.Diagnostics;
using System.Text.Json.Nodes;
using Assay.Bench.Hosting;
using Assay.Samples.Postgres;
using Assay.Testing.Postgres;

namespace Assay.Bench.Onboarding;

/// <summary>A whole database of very many schemas: discovered, validated, made into datastores, and synced together.</summary>
internal static class OnboardBench
{
    private const int Tables = 20;
    private const int MostValidated = 50;
    private static readonly TimeSpan MostForValidation = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostForCreation = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(Options options)
    {
        var schemas = options.Count == 100_000 ? 500 : options.Count;
        await using var source = await PostgresServer.StartNewAsync(new LocalPostgresOptions
        {
            Settings = new Dictionary<string, string> { ["shared_preload_libraries"] = "pg_stat_statements", ["pg_stat_statements.track_utility"] = "on", ["autovacuum"] = "off" },
        });
        var database = await source.CreateDatabaseAsync("source");
        await FillAsync(source, database, schemas);
        var met = true;
        foreach (var store in options.Stores) met &= await RunAsync(store, new Target(source, database, await source.CreateReaderAsync()), schemas);
        return met ? 0 : 1;
    }

    private static async Task<bool> RunAsync(string store, Target target, int schemas)
    {
        await using var servers = await Servers.StartAsync(store);
        using var http = servers.AdminClient();
        Console.WriteLine($"\n{store}, {schemas} schemas x {Tables} tables");
        var connection = (long)(await SendAsync(http, HttpMethod.Post, "/api/connections", target.Connection()))["id"]!;
        var api = $"/api/connections/{connection}";

        var names = Array.Empty<string>();
        await MeasureAsync("discovery", target, servers, async () =>
            names = [.. (await SendAsync(http, HttpMethod.Get, $"{api}/schemas?catalog={target.Database}&include=^s_")).AsArray().Select(s => (string)s!["name"]!)]);
        if (names.Length != schemas) throw new InvalidOperationException($"{names.Length} schemas were discovered");
        var validation = await MeasureAsync($"validation of {Math.Min(MostValidated, schemas)}", target, servers, () =>
            SendAsync(http, HttpMethod.Post, $"{api}/datastores/validate", new JsonObject { ["database"] = target.Database, ["schemas"] = List(names.Take(MostValidated)) }));
        var body = new JsonObject { ["database"] = target.Database, ["schemas"] = List(names), ["trigger_catalog"] = true };
        var begun = Stopwatch.StartNew();
        var creation = TimeSpan.Zero;
        await MeasureAsync("creation and syncs", target, servers, async () =>
        {
            var made = await SendAsync(http, HttpMethod.Post, $"{api}/datastores/bulk", body);
            creation = begun.Elapsed;
            if (made["created"]!.AsArray().Count != schemas) throw new InvalidOperationException(made.ToJsonString());
            Console.WriteLine($"  bulk creation answered after {creation.TotalSeconds:0.00} s");
            while ((long)(await SendAsync(http, HttpMethod.Get, "/api/operations?finished=false&size=1"))["total"]! > 0) await Task.Delay(100);
        });
        var containers = (long)(await SendAsync(http, HttpMethod.Get, "/api/containers?size=1"))["total"]!;
        Console.WriteLine($"  {containers} containers");
        return validation < MostForValidation && creation < MostForCreation && containers == (long)schemas * Tables;
    }

    private static async Task<TimeSpan> MeasureAsync(string title, Target target, Servers servers, Func<Task> work)
    {
        await target.Source.RunSqlAsync(target.Database, "SELECT pg_stat_statements_reset()");
        var most = 0L;
        using var done = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                servers.AssayProcess.Refresh();
                most = Math.Max(most, servers.AssayProcess.WorkingSet64);
                await Task.Delay(20);
            }
        });
        var clock = Stopwatch.StartNew();
        await work();
        var took = clock.Elapsed;
        await done.CancelAsync();
        await watch;
        var statements = await target.Source.ScalarAsync<decimal>(target.Database,
            $"SELECT COALESCE(SUM(calls), 0)::numeric FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname = '{target.Role.Name}'");
        Console.WriteLine($"{title}: {took.TotalSeconds:0.00} s, {statements} statements on the source, at most {most >> 20} MB resident");
        return took;
    }

    private static async Task FillAsync(PostgresServer source, string database, int schemas)
    {
        await source.RunSqlAsync(database, "CREATE EXTENSION pg_stat_statements");
        for (var from = 1; from <= schemas; from += 25)
            await source.RunSqlAsync(database, $"""
                DO $$ BEGIN FOR i IN {from}..{Math.Min(schemas, from + 24)} LOOP
                    EXECUTE format('CREATE SCHEMA s_%s', i);
                    FOR j IN 1..{Tables} LOOP
                        EXECUTE format('CREATE TABLE s_%s.t_%s (id bigint PRIMARY KEY, name text, amount numeric(12,2), at timestamptz NOT NULL, kind integer)', i, j);
                    END LOOP;
                END LOOP; END $$
                """);
        await source.RunSqlAsync(database, "VACUUM ANALYZE");
    }

    private static JsonArray List(IEnumerable<string> names) => [.. names.Select(n => JsonValue.Create(n))];

    private static async Task<JsonNode> SendAsync(HttpClient http, HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    private sealed record Target(PostgresServer Source, string Database, PostgresRole Role)
    {
        public JsonObject Connection() => new()
        {
            ["name"] = "bench",
            ["type"] = "postgresql",
            ["host"] = Source.Host,
            ["port"] = Source.Port,
            ["username"] = Role.Name,
            ["password"] = Role.Password,
        };
    }
}
