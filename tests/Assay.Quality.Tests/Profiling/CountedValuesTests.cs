using System.Text.Json;
using Assay.Quality.Profiling;
using Assay.Quality.Tests.Testing;

namespace Assay.Quality.Tests.Profiling;

/// <summary>Values that are fetched or grouped are computed on by Assay, others by the engine: what comes of the same rows is the same.</summary>
public sealed class CountedValuesTests(QualityEngine engine)
{
    private const string Rows = """
        SELECT toNullable(toInt32(number)) AS n, if(number % 5 = 0, NULL, toInt64(number * 7919 % 97) - 40) AS i, multiIf(number % 50 = 0, nan, number % 77 = 0, inf, number % 10 = 0, -0.0, number % 3 = 0, 0.0, number / 7) AS f,
            toDecimal64(number, 4) / 8 AS d, 9000000000000000000 + toInt64(number) AS large, toInt64(7) AS same, toDate32('1950-01-01') + number % 90 AS day, toDateTime64('2024-01-01 00:00:00', 6, 'UTC') + number AS time,
            number % 3 = 0 AS flag, concat('v', toString(number % 11)) AS few, if(number = 9, unhex('FFFE41'), toString(cityHash64(number))) AS many, if(number % 2 = 0, repeat('long', 100 + number % 3), 'short') AS long,
            toString(number % 30) AS digits, [number % 4, number % 9] AS list, tuple(number % 6, concat('m', toString(number))) AS pair, CAST(NULL, 'Nullable(Int32)') AS none, generateUUIDv4(1) != toUUID('00000000-0000-0000-0000-000000000000') AS yes
        FROM numbers(3000)
        """;

    private static readonly ProfileField[] Fields =
    [
        new("n", FieldKind.Integral), new("i", FieldKind.Integral), new("f", FieldKind.Fractional), new("d", FieldKind.Fractional), new("large", FieldKind.Integral), new("same", FieldKind.Integral), new("day", FieldKind.Date),
        new("time", FieldKind.Timestamp), new("flag", FieldKind.Boolean), new("few", FieldKind.String), new("many", FieldKind.String), new("long", FieldKind.String), new("digits", FieldKind.String, Infer: true),
        new("list", FieldKind.Array), new("pair", FieldKind.Struct), new("none", FieldKind.Integral), new("yes", FieldKind.Boolean),
    ];

    [Theory]
    [InlineData(20_000, 0)]
    [InlineData(0, 5_000)]
    [InlineData(0, 50)]
    public async Task Run_FewRowsOrFewValues_GivesWhatTheEngineGives(int fewRows, int fewValues)
    {
        var here = await RunAsync(Rows, Fields, new ProfileOptions { FewRows = fewRows, FewValues = fewValues });
        var there = await RunAsync(Rows, Fields, new ProfileOptions { FewRows = 0, FewValues = 0 });

        here.Fields.ShouldAllBe(f => f.Message == null);
        Same(here, there);
    }

    [Theory]
    [InlineData(20_000, 0)]
    [InlineData(0, 5_000)]
    public async Task Run_OddRows_GivesWhatTheEngineGives(int fewRows, int fewValues)
    {
        var here = await RunAsync(OddRows.Sql, OddRows.Fields, new ProfileOptions { FewRows = fewRows, FewValues = fewValues }, 400);

        here.Fields.ShouldAllBe(f => f.Message == null);
        Same(here, await RunAsync(OddRows.Sql, OddRows.Fields, new ProfileOptions { FewRows = 0, FewValues = 0 }, 400));
    }

    /// <summary>The first rows are alike: of one column there are more different values than they tell, of another longer ones.</summary>
    [Fact]
    public async Task Run_SampleThatMisleads_CostsNothing()
    {
        const string Sorted = """
            SELECT intDiv(number, 2) AS many, if(number < 50000, 'short', concat(repeat('long', 100), toString(number % 3))) AS long, concat('s', toString(number % 7)) AS few, intDiv(number, 20) / 8 AS price,
                if(number < 15000, NULL, toString(number)) AS late
            FROM numbers(60000) ORDER BY number
            """;
        ProfileField[] fields = [new("many", FieldKind.Integral), new("long", FieldKind.String), new("few", FieldKind.String), new("price", FieldKind.Fractional), new("late", FieldKind.String)];

        // Nobody says how many rows there are, so that they are on the disk, where the sample is of the first.
        var here = await RunAsync(Sorted, fields, new ProfileOptions(), rows: null);

        Same(here, await RunAsync(Sorted, fields, new ProfileOptions { FewValues = 0 }, rows: null));
        here.Fields.Select(f => f.ApproximateDistinctValues).ShouldBe([30_000, 4, 7, 3_000, 45_000]);
        (here.Fields[1].MaxLength, here.Fields[2].Histogram!.Count, here.Fields[4].Completeness).ShouldBe((401, 7, 0.75));
    }

    private Task<ContainerFields> RunAsync(string sql, ProfileField[] fields, ProfileOptions options, long? rows = 3000) => new Profiler(engine.Engine).RunAsync(
        new RowsToProfile(sql, query => query, InEngine: false) { Rows = rows }, fields, options with { Correlation = 0.1, CorrelationRows = 100_000 }, TestContext.Current.CancellationToken);

    private static void Same(ContainerFields here, ContainerFields there)
    {
        foreach (var (mine, other) in here.Fields.Zip(there.Fields)) Same(JsonSerializer.SerializeToElement(mine), JsonSerializer.SerializeToElement(other), mine.Name);
    }

    private static void Same(JsonElement mine, JsonElement other, string place)
    {
        mine.ValueKind.ShouldBe(other.ValueKind, place);
        if (mine.ValueKind == JsonValueKind.Object)
            foreach (var (m, o) in mine.EnumerateObject().Zip(other.EnumerateObject())) Same(m.Value, o.Value, $"{place}.{m.Name}");
        else if (mine.ValueKind == JsonValueKind.Array)
        {
            mine.GetArrayLength().ShouldBe(other.GetArrayLength(), place);
            foreach (var (m, o) in mine.EnumerateArray().Zip(other.EnumerateArray())) Same(m, o, $"{place}[]");
        }
        else if (mine.ValueKind == JsonValueKind.Number)
            mine.GetDouble().ShouldBe(other.GetDouble(), Math.Max(1e-9, Math.Abs(other.GetDouble()) * 1e-9), place);
        else mine.ToString().ShouldBe(other.ToString(), place);
    }
}
