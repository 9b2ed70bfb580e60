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

/// <summary>Real data that is taken as it is: what is inferred from it has to hold on it, and has to be little.</summary>
public sealed class RealDataTests(QualityEngine engine)
{
    [Theory]
    [InlineData("birdstrikes.csv", "CSVWithNames")]
    [InlineData("seattle-weather.csv", "CSVWithNames")]
    [InlineData("movies.json", "JSONEachRow")]
    [InlineData("airports.csv", "CSVWithNames")]
    [InlineData("penguins.json", "JSONEachRow")]
    [InlineData("zipcodes.csv", "CSVWithNames")]
    public async Task Run_DefaultLevel_RaisesNothingAndSaysLittle(string file, string format)
    {
        var path = NpmPackages.VegaPath(file);
        var sql = $"SELECT * FROM file({EngineLiteral.Quote(path)}, '{format}')";
        List<ContainerField> fields = [];
        await foreach (var row in engine.Engine.QueryAsync($"DESCRIBE TABLE ({sql})", TestContext.Current.CancellationToken)) fields.Add(new(row.GetText(0)!, Type(row.GetText(1)!)));

        var rows = new Relation(file, sql) { Fields = fields };
        var profile = await new Profiler(engine.Engine).RunAsync(
            new RowsToProfile(sql, query => query, InEngine: true), [.. fields.Select(f => new ProfileField(f.Name, Enum.Parse<FieldKind>(f.Type.ToString())))], new ProfileOptions(), TestContext.Current.CancellationToken);
        var checks = await new Inferrer(engine.Engine).RunAsync(new InferenceRequest { Rows = rows, Profile = profile, Level = 2, Now = Tables.Now }, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', checks.Select(c => $"{c.Check.Rule} {string.Join(',', c.Check.Fields)} {c.Check.Properties} {c.Description}")));
        var outcome = await new Scanner(engine.Engine).RunAsync(
            new ScanRequest { Rows = rows, Checks = [.. checks.Select((c, i) => new ScanCheck(c.Check with { Id = i }))], Measurements = new() { Fields = fields }, Now = Tables.Now }, TestContext.Current.CancellationToken);

        checks.ShouldNotBeEmpty();
        checks.Count.ShouldBeLessThanOrEqualTo(3 * fields.Count);
        outcome.Checks.ShouldAllBe(c => c.Result != Assertion.Unasserted);
        outcome.Anomalies.Select(a => a.Message).ShouldBeEmpty();
    }

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
