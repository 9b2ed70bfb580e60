using Assay.Engine;
using Assay.Quality.Inference;
using Assay.Quality.Profiling;
using Assay.Quality.Tests.Profiling;
using Assay.Quality.Tests.Scanning;
using Assay.Quality.Tests.Testing;
using Assay.Testing.Npm;
using Relation = Assay.Quality.Scanning.Relation;

namespace Assay.Quality.Tests.Inference;

/// <summary>How many statements inference takes, and that few rows, whose values are fetched, say the same as they do where statements are run on them.</summary>
public sealed class InferenceStatementTests(QualityEngine engine)
{
    /// <summary>All kinds of fields, some with slips in them.</summary>
    private const string Mixed = """
        SELECT number AS n, toString(sipHash64(number) % 200) AS code, if(number % 997 = 3, 'oops', toString(toDecimal64(sipHash64(number, 2) % 100000 / 100, 2))) AS price, if(number % 1501 = 2, 'x', toString(toDate32('2020-01-01') + number % 500)) AS day,
            toDateTime('2021-01-01 00:00:00') + number * 3600 AS hour, toDate('2019-01-01') + number % 90 AS date, toDecimal64(number % 311, 3) / 7 AS part, toFloat32(number % 97 / 10) AS small,
            concat('Name ', char(65 + number % 26), char(97 + number % 23), if(number % 700 = 1, ' ', '')) AS name, if(number % 3 = 0, NULL, number) AS a, if(number % 3 = 0, number, NULL) AS b, number % 2 = 0 AS flag, map('k', number) AS pairs, [number] AS list,
            if(number % 2500 = 7, 'gren', ['green', 'red', 'blue'][1 + number % 3]) AS color, concat(color, '-Ä') AS shade, if(number % 1000 = 77, -5000, toInt32(sipHash64(number, 3) % 900)) AS amount, number + amount % 40 AS later FROM numbers(6000)
        """;

    /// <summary>The engine is asked for the columns' types, for the values, where there are exceptions which rows those are, and for the test.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Run_FewRows_TakesNoMoreStatementsForMoreRulesAndFields(int level)
    {
        var watched = new WatchedEngine(engine.Engine);

        var checks = await InferAsync(watched, Mixed, level, 20_000);

        checks.Count.ShouldBeGreaterThan(10);
        watched.Statements.Count.ShouldBe(4, string.Join("\n", watched.Statements));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Run_ManyRows_TakesAStatementForEachTextField_AndOneForTheTest(int level)
    {
        const string Plain = "SELECT number AS id, number % 900 / 8 AS price, toDate('2019-01-01') + number % 90 AS date, concat('c-', toString(sipHash64(number) % 5000)) AS code, ['a', 'b'][1 + number % 2] AS kind FROM numbers(25000)";
        var watched = new WatchedEngine(engine.Engine);

        var checks = await InferAsync(watched, Plain, level, 20_000);

        checks.Select(c => c.Check.Rule).ShouldBeSubsetOf(["notNull", "unique", "between", "betweenTimes", "matchesPattern", "expectedValues", "expectedSchema", "notNegative", "notFuture", "timeDistributionSize"]);
        // Types, types of texts, numbers twice, times, the test; and two texts.
        watched.Statements.Count.ShouldBe(6 + 2, string.Join("\n", watched.Statements));
    }

    [Theory]
    [InlineData("mixed")]
    [InlineData("airports.csv")]
    [InlineData("birdstrikes.csv")]
    [InlineData("cars.json")]
    [InlineData("movies.json")]
    [InlineData("seattle-weather.csv")]
    public async Task Run_FewRows_SayTheSame_FetchedOrNot(string table)
    {
        var sql = table == "mixed" ? Mixed : $"SELECT * FROM file({EngineLiteral.Quote(NpmPackages.VegaPath(table))}, '{(table.EndsWith(".csv", StringComparison.Ordinal) ? "CSVWithNames" : "JSONEachRow")}')";
        foreach (var level in new[] { 2, 5 })
        {
            var (fetched, asked) = (await InferAsync(engine.Engine, sql, level, 20_000), await InferAsync(engine.Engine, sql, level, 0));
            fetched.Select(Words).ShouldBe(asked.Select(Words));
        }

        static string Words(InferredCheck c) => $"{c.Level} {c.Check.Rule}({string.Join(", ", c.Check.Fields)}) {c.Check.Filter} {c.Check.Coverage} {c.Check.Properties} {c.Description}";
    }

    private async Task<IReadOnlyList<InferredCheck>> InferAsync(IEngine asked, string sql, int level, long few)
    {
        var cancel = TestContext.Current.CancellationToken;
        List<ContainerField> fields = [];
        await foreach (var row in engine.Engine.QueryAsync($"DESCRIBE TABLE ({sql})", cancel)) fields.Add(new(row.GetText(0)!, RealDataTests.Type(row.GetText(1)!)));
        var profile = await new Profiler(engine.Engine).RunAsync(
            new RowsToProfile(sql, query => query, InEngine: true), [.. fields.Select(f => new ProfileField(f.Name, Enum.Parse<FieldKind>(f.Type.ToString()), Infer: true))], new ProfileOptions(), cancel);
        return await new Inferrer(asked).RunAsync(new InferenceRequest { Rows = new Relation("rows", sql) { Fields = fields }, Profile = profile, Level = level, Now = Tables.Now, FewRows = few }, cancel);
    }
}
