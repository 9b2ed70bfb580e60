using System.Text.Json;
using Assay.Engine;
using Assay.Engine.Secrets;
using Assay.Sources;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Testing.Postgres;

namespace Assay.Bench.Reading;

/// <summary>
/// Reads and aggregates a 10 M row Parquet file and a 3 M row PostgreSQL table through the connectors, as a ratio to the engine running
/// the same aggregate by its own table function in the same run, and for PostgreSQL to the aggregate pushed down.
/// </summary>
internal static class ReadBench
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(long parquetRows = 10_000_000, long tableRows = 3_000_000)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-read-").FullName;
        await using var services = new ServiceCollection().AddLogging()
            .AddEngine(options => { options.TempFolder = Path.Combine(folder, "engine"); options.Threads = 2; })
            .AddSources(options => options.FilesRoot = folder).BuildServiceProvider();
        var bench = new Readings(services.GetRequiredService<IEngine>(), services.GetRequiredService<ConnectorCatalogue>());
        try
        {
            await ParquetAsync(bench, folder, parquetRows);
            await PostgresAsync(bench, tableRows);
        }
        finally
        {
            await services.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static async Task ParquetAsync(Readings bench, string folder, long rows)
    {
        var file = EngineLiteral.Quote(Path.Combine(folder, "numbers.parquet"));
        var columns = string.Join(", ", Enumerable.Range(0, 10).Select(i => i % 3 == 2 ? $"concat('v', toString(cityHash64(number, {i}) % 100000)) AS c{i}" : $"toInt64(cityHash64(number, {i}) % 1000000) AS c{i}"));
        await bench.Engine.ExecuteAsync($"INSERT INTO FUNCTION file({file}, 'Parquet') SELECT {columns} FROM numbers({rows})");
        var target = new SourceTarget(new ConnectionSettings { Type = "local", Uri = "file:///" }, new SourceScope(RootPath: "/"));
        string[] names = [.. Enumerable.Range(0, 10).Select(i => $"c{i}")];
        await bench.CompareAsync($"Parquet, {rows:N0} rows x 10", rows, target, names,
            aggregates => bench.Engine.ExecuteAsync($"SELECT {aggregates} FROM file({file}, 'Parquet')"), null);
    }

    private static async Task PostgresAsync(Readings bench, long rows)
    {
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, $"""
            CREATE TABLE orders AS SELECT g AS id, (g::bigint * 7919) % 100000 AS customer, ((g::bigint * 31) % 9973)::float8 / 7 AS price, (g % 50)::int AS quantity,
                'sku-' || (g % 5000) AS sku, (ARRAY['new','paid','sent','back'])[1 + g % 4] AS state, g % 3 = 0 AS gift, 'note ' || (g % 1000) AS note
            FROM generate_series(1, {rows}) g
            """);
        await server.RunSqlAsync(database, "ANALYZE orders");
        var role = await server.CreateRoleAsync();
        await server.RunSqlAsync(database, $"GRANT SELECT ON orders TO {PostgresServer.Quote(role.Name)}");
        var target = new SourceTarget(new ConnectionSettings
        {
            Type = "postgresql",
            Host = server.Host,
            Port = server.Port,
            Username = role.Name,
            Password = new Secret(role.Password),
            Parameters = new Dictionary<string, JsonElement>(),
        }, new SourceScope(database, "public"));
        string[] names = ["id", "customer", "price", "quantity", "sku", "state", "note"];
        await bench.CompareAsync($"PostgreSQL, {rows:N0} rows x 7", rows, target, names,
            aggregates => bench.Engine.ExecuteAsync(new EngineQuery($"SELECT {aggregates} FROM postgresql({{h:String}}, {{d:String}}, 'orders', {{u:String}}, {{p:String}})")
                .With("h", $"{server.Host}:{server.Port}").With("d", database).With("u", role.Name).WithSecret("p", role.Password)),
            () => server.RunSqlAsync(database, $"SELECT {string.Join(", ", names.Select(n => $"count({n}), count(DISTINCT {n}), min({n}), max({n})"))} FROM orders"));
    }

    private sealed record Readings(IEngine Engine, ConnectorCatalogue Connectors)
    {
        public async Task CompareAsync(string name, long rows, SourceTarget target, IReadOnlyList<string> columns, Func<string, Task> alone, Func<Task>? pushdown)
        {
            var connector = (IReadable)Connectors.Find(target.Connection.Type);
            ContainerStructure? container = null;
            await foreach (var found in connector.ListContainersAsync(target, new ListOptions(), default)) container = found;
            var aggregates = string.Join(", ", columns.Select(c => $"count({c}), uniq({c}), min({c}), max({c})"));
            var (through, floor) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                floor.Add(await SecondsAsync(() => alone(aggregates)));
                through.Add(await SecondsAsync(() => ThroughAsync(connector, target, container!, columns, aggregates)));
            }
            var (mine, bare) = (Median(through), Median(floor));
            Console.WriteLine($"{name}: through the connector {mine:F2} s ({rows / mine:N0} rows/s), engine alone {bare:F2} s, ratio {mine / bare:F2}");
            if (pushdown is not null) Console.WriteLine($"  pushed down, with exact distinct counts: {await SecondsAsync(pushdown):F2} s");
            Console.WriteLine($"  peak memory: engine {PeakMegabytes("assay-engine")} MB, Assay {PeakMegabytes(null)} MB");
        }

        private async Task ThroughAsync(IReadable connector, SourceTarget target, ContainerStructure container, IReadOnlyList<string> columns, string aggregates)
        {
            var source = await connector.DescribeReadAsync(target, new ContainerRead { Container = container, Columns = columns }, default);
            await using var rows = await source.OpenAsync(Engine, default);
            await Engine.ExecuteAsync(rows.Query($"SELECT {aggregates} FROM ({rows.Sql})"));
        }
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        await work();
        return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>The highest resident memory of this process, or of its child of that name.</summary>
    private static long PeakMegabytes(string? child)
    {
        var id = child is null ? "self" : Directory.GetDirectories("/proc").Select(Path.GetFileName).FirstOrDefault(p => int.TryParse(p, out _) && IsMine(p!, child));
        var line = File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        return long.Parse(new string([.. line.Where(char.IsDigit)]), System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }

    private static bool IsMine(string id, string name)
    {
        try
        {
            var status = File.ReadAllLines($"/proc/{id}/status");
            return status[0].Contains(name, StringComparison.Ordinal) && status.Contains($"PPid:\t{Environment.ProcessId}");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
