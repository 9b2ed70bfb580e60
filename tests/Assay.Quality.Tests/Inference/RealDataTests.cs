using Assay.Engine;
using Assay.Quality.Expressions;
using Assay.Quality.Inference;
using Assay.Quality.Profiling;
using Assay.Quality.Scanning;
using Assay.Quality.Tests.Scanning;
using Assay.Quality.Tests.Testing;
using Assay.Testing.Npm;
using Relation = Assay.Quality.Scanning.Relation;

namespace Assay.Quality.Tests.Inference;

/// <summary>Real data that is taken as it is: what is inferred from it has to hold on it, and has to be little: nothing at all is raised up to level 3, and above that only what was looked at by hand.</summary>
public sealed class RealDataTests(QualityEngine engine)
{
    [Theory]
    [MemberData(nameof(Files))]
    public async Task Run_RealRows_RaisesNothingAndSaysLittle(string file)
    {
        var cancel = TestContext.Current.CancellationToken;
        var path = NpmPackages.VegaPath(file);
        var sql = $"SELECT * FROM file({EngineLiteral.Quote(path)}, '{Path.GetExtension(file) switch { ".csv" => "CSVWithNames", ".tsv" => "TSVWithNames", _ => "JSONEachRow" }}')";
        List<ContainerField> fields = [];
        await foreach (var row in engine.Engine.QueryAsync($"DESCRIBE TABLE ({sql})", cancel)) fields.Add(new(row.GetText(0)!, Type(row.GetText(1)!)));
        var rows = new Relation(file, sql) { Fields = fields };
        var profile = await new Profiler(engine.Engine).RunAsync(
            new RowsToProfile(sql, query => query, InEngine: true), [.. fields.Select(f => new ProfileField(f.Name, Enum.Parse<FieldKind>(f.Type.ToString())))], new ProfileOptions(), cancel);
        for (var level = 1; level <= 5; level++)
        {
            var checks = await new Inferrer(engine.Engine).RunAsync(new InferenceRequest { Rows = rows, Profile = profile, Level = level, Now = Tables.Now }, cancel);
            var outcome = await new Scanner(engine.Engine).RunAsync(
                new ScanRequest { Rows = rows, Checks = [.. checks.Select((c, i) => new ScanCheck(c.Check with { Id = i }))], Measurements = new() { Fields = fields }, Now = Tables.Now }, cancel);
            outcome.Checks.ShouldAllBe(c => c.Result != Assertion.Unasserted);
            checks.Count.ShouldBeLessThanOrEqualTo(3 * fields.Count + 2);
            var known = level >= 4 && Exceptions.TryGetValue(file, out var exceptions) ? exceptions : [];
            checks.Zip(outcome.Checks).Where(c => c.Second.Result == Assertion.Failed && !known.Contains($"{c.First.Check.Rule} {(c.First.Check.Fields is [var one] ? one : "...")}"))
                .Select(c => $"level {level}: {c.Second.Details}").ShouldBeEmpty();
        }
    }

    /// <summary>What these tables hold of exceptions, as which levels 4 and 5 point at them: values that are missing, records that are there twice, odd ones out.</summary>
    private static readonly Dictionary<string, string[]> Exceptions = new()
    {
        ["airports.csv"] = ["expectedValues country", "between longitude"], // four Pacific airports outside of the USA
        ["birdstrikes.csv"] = ["unique ...", "between Cost Other", "satisfiesExpression Wildlife Size"], // 63 records twice; one cost; two sizes unlike all others of their species
        ["cars.json"] = ["notNull Miles_per_Gallon", "notNull Horsepower"],
        ["football.json"] = ["notNull home_score", "notNull away_score"],
        ["movies.json"] = ["notNull Title", "notNull US Gross", "notNull Worldwide Gross", "notNull Production Budget", "expectedValues Creative Type", "notFuture Release Date"], // years such as 2046
        ["penguins.json"] = ["notNull Beak Length (mm)", "notNull Beak Depth (mm)", "notNull Flipper Length (mm)", "notNull Body Mass (g)", "expectedValues Sex"], // '.' for a sex
        ["zipcodes.csv"] = ["between longitude", "matchesPattern city"], // Guam and other islands; a blank in front
    };

    public static TheoryData<string> Files { get; } =
    [
        "airports.csv", "barley.json", "birdstrikes.csv", "budgets.json", "cars.json", "co2-concentration.csv", "countries.json", "disasters.csv", "driving.json", "flights-10k.json", "flights-airport.csv", "football.json",
        "gapminder-health-income.csv", "gapminder.json", "github.csv", "global-temp.csv", "income.json", "iowa-electricity.csv", "jobs.json", "la-riots.csv", "movies.json", "normal-2d.json", "obesity.json", "ohlc.json", "penguins.json",
        "platformer-terrain.json", "political-contributions.json", "population.json", "population_engineers_hurricanes.csv", "seattle-weather-hourly-normals.csv", "seattle-weather.csv", "sp500-2000.csv", "sp500.csv", "species.csv",
        "stocks.csv", "udistrict.json", "unemployment-across-industries.json", "unemployment.tsv", "uniform-2d.json", "us-employment.csv", "us-state-capitals.json", "weather.csv", "wheat.json", "windvectors.csv", "zipcodes.csv",
    ];

    private static FieldType Type(string engineType) => EngineTypeParser.Parse(engineType).Kind switch
    {
        SqlKind.Integer => FieldType.Integral,
        SqlKind.Float or SqlKind.Double or SqlKind.Decimal => FieldType.Fractional,
        SqlKind.Boolean => FieldType.Boolean,
        SqlKind.Date => FieldType.Date,
        SqlKind.Timestamp => FieldType.Timestamp,
        _ => FieldType.String,
    };
}
