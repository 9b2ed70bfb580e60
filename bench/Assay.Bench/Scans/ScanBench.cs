using System.Text.Json;
using Assay.Bench.Profiles;
using Assay.Engine;
using Assay.Engine.Secrets;
using Assay.Sources;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;
using Assay.Testing.Postgres;

namespace Assay.Bench.Scans;

/// <summary>
/// What checks cost: 1, 10 and 100 simple ones over (a) a generated Parquet file of ten columns and (b) a PostgreSQL table of eight, against
/// the engine reading the same columns once, and the first check against a further one; and (c) what storing very many anomalies takes.
/// </summary>
internal static class ScanBench
{
    public static async Task<int> RunAsync(ScanSizes sizes)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-scan-").FullName;
        await using var services = new ServiceCollection().AddLogging()
            .AddEngine(options => { options.TempFolder = Path.Combine(folder, "engine"); options.Threads = 2; })
            .AddSources(options => options.FilesRoot = folder).BuildServiceProvider();
        var runs = new ScanRuns(services.GetRequiredService<IEngine>(), services.GetRequiredService<ConnectorCatalogue>());
        try
        {
            var met = true;
            if (sizes.Does('a')) met &= await ParquetAsync(runs, folder, sizes.ParquetRows);
            if (sizes.Does('b')) met &= await PostgresAsync(runs, sizes.PostgresRows);
            Console.WriteLine($"peak memory: engine {PeakMemory.Megabytes("assay-engine")} MB, Assay {PeakMemory.Megabytes(null)} MB");
            if (sizes.Does('c')) foreach (var store in new[] { "sqlite", "postgres" }) await AnomalyBench.RunAsync(store, sizes.Anomalies);
            return met ? 0 : 1;
        }
        finally
        {
            await services.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> ParquetAsync(ScanRuns runs, string folder, long rows)
    {
        Directory.CreateDirectory(Path.Combine(folder, "a"));
        var file = EngineLiteral.Quote(Path.Combine(folder, "a", "numbers.parquet"));
        var columns = string.Join(", ", Enumerable.Range(0, 10).Select(i => i % 3 == 2
            ? $"concat('v', toString(cityHash64(number, {i}) % 100000)) AS c{i}" : $"toInt64(cityHash64(number, {i}) % 1000000) AS c{i}"));
        await runs.Engine.ExecuteAsync($"INSERT INTO FUNCTION file({file}, 'Parquet') SELECT {columns} FROM numbers({rows})");
        return await runs.CompareAsync($"(a) generated Parquet, {rows:N0} rows x 10", new SourceTarget(new ConnectionSettings { Type = "local", Uri = "file:///a" }, new SourceScope(RootPath: "/")));
    }

    private static async Task<bool> PostgresAsync(ScanRuns runs, long rows)
    {
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, $"""
            CREATE TABLE orders AS SELECT g AS id, (g::bigint * 7919) % 100000 AS customer, ((g::bigint * 31) % 9973)::float8 / 7 AS price, (g % 50)::int AS quantity,
                'sku-' || (g % 5000) AS sku, (ARRAY['new','paid','sent','back'])[1 + g % 4] AS state, (g % 7)::int AS day, 'note ' || (g % 1000) AS note
            FROM generate_series(1, {rows}) g
            """);
        var role = await server.CreateRoleAsync();
        await server.RunSqlAsync(database, $"GRANT SELECT ON orders TO {PostgresServer.Quote(role.Name)}");
        return await runs.CompareAsync($"(b) PostgreSQL, {rows:N0} rows x 8", new SourceTarget(new ConnectionSettings
        {
            Type = "postgresql",
            Host = server.Host,
            Port = server.Port,
            Username = role.Name,
            Password = new Secret(role.Password),
            Parameters = new Dictionary<string, JsonElement>(),
        }, new SourceScope(database, "public")));
    }
}
