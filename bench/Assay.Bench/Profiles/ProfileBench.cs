using Assay.Engine;
using Assay.Sources;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;
using Assay.Testing;

namespace Assay.Bench.Profiles;

/// <summary>
/// Profiles real and generated tables in full, each as a ratio to the floor: the engine reading the same columns from the same source in
/// the same run and computing only count, min and max. The cases are (a) flights-3m.parquet, (b) a generated Parquet file of ten
/// columns, (c) a PostgreSQL table of eight, (d) a MariaDB table, (e) many small PostgreSQL tables, (f) those by an operation over HTTP.
/// </summary>
internal static class ProfileBench
{
    private const int Threads = 2;

    public static async Task<int> RunAsync(ProfileSizes sizes)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-profile-").FullName;
        await using var services = new ServiceCollection().AddLogging()
            .AddEngine(options => { options.TempFolder = Path.Combine(folder, "engine"); options.Threads = Threads; })
            .AddSources(options => options.FilesRoot = folder).BuildServiceProvider();
        var engine = services.GetRequiredService<IEngine>();
        var timed = sizes.Times ? new TimedEngine(engine) : null;
        var runs = new ProfileRuns(timed ?? engine, services.GetRequiredService<ConnectorCatalogue>());
        try
        {
            if (sizes.Does('a')) await FlightsAsync(runs, folder);
            if (sizes.Does('b')) await GeneratedAsync(runs, folder, sizes.ParquetRows);
            if (sizes.Does('c') || sizes.Does('e') || sizes.Does('f')) await PostgresCases.RunAsync(runs, sizes);
            if (sizes.Does('d')) await MariaDbCase.RunAsync(runs, sizes.MariaDbRows);
            timed?.Print();
        }
        finally
        {
            await services.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static async Task FlightsAsync(ProfileRuns runs, string folder)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, "a")).FullName;
        var source = Path.Combine(Repository.Folder, "npm", "tests", "node_modules", "vega-datasets", "data", "flights-3m.parquet");
        File.Copy(source, Path.Combine(place, "flights.parquet"));
        await DuckDb.CompareAsync(source, Threads, await runs.CompareAsync("(a) flights-3m.parquet", Local("a"), $"file({EngineLiteral.Quote(source)}, 'Parquet')"));
    }

    private static async Task GeneratedAsync(ProfileRuns runs, string folder, long rows)
    {
        Directory.CreateDirectory(Path.Combine(folder, "b"));
        var path = Path.Combine(folder, "b", "numbers.parquet");
        var file = EngineLiteral.Quote(path);
        var columns = string.Join(", ", Enumerable.Range(0, 10).Select(i => i % 3 == 2
            ? $"concat('v', toString(cityHash64(number, {i}) % 100000)) AS c{i}" : $"toInt64(cityHash64(number, {i}) % 1000000) AS c{i}"));
        await runs.Engine.ExecuteAsync($"INSERT INTO FUNCTION file({file}, 'Parquet') SELECT {columns} FROM numbers({rows})");
        await DuckDb.CompareAsync(path, Threads, await runs.CompareAsync($"(b) generated Parquet, {rows:N0} rows x 10", Local("b"), $"file({file}, 'Parquet')"));
    }

    private static SourceTarget Local(string folder) => new(new ConnectionSettings { Type = "local", Uri = $"file:///{folder}" }, new SourceScope(RootPath: "/"));
}

/// <param name="Cases">The letters of the cases to run.</param>
internal sealed record ProfileSizes(string Cases, long ParquetRows, long PostgresRows, long MariaDbRows, int Tables, int RowsPerTable, bool Times = false)
{
    public static ProfileSizes Parse(string[] words)
    {
        var sizes = new ProfileSizes("abcdef", 10_000_000, 3_000_000, 1_000_000, 200, 10_000);
        for (var i = 0; i + 1 < words.Length; i += 2)
            sizes = words[i] switch
            {
                "--cases" => sizes with { Cases = words[i + 1] },
                // Prints how long each kind of statement took, over all cases that are run.
                "--times" => sizes with { Times = words[i + 1] == "on" },
                // One in so many of the usual rows, to try the benchmark out.
                "--divide" when int.Parse(words[i + 1], System.Globalization.CultureInfo.InvariantCulture) is var by => sizes with
                {
                    ParquetRows = sizes.ParquetRows / by,
                    PostgresRows = sizes.PostgresRows / by,
                    MariaDbRows = sizes.MariaDbRows / by,
                    Tables = Math.Max(1, sizes.Tables / by),
                },
                _ => throw new ArgumentException($"Unknown option {words[i]}"),
            };
        return sizes;
    }

    public bool Does(char letter) => Cases.Contains(letter, StringComparison.Ordinal);
}
