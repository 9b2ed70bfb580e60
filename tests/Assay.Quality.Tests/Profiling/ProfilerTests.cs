using System.Globalization;
using System.Text;
using Assay.Engine;
using Assay.Engine.Staging;
using Assay.Quality.Profiling;
using Assay.Quality.Tests.Testing;
using Assay.Testing;

namespace Assay.Quality.Tests.Profiling;

public sealed class ProfilerTests(QualityEngine engine)
{
    private static string Vega(string file) => Path.Combine(Repository.Folder, "npm", "tests", "node_modules", "vega-datasets", "data", file);

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private async Task<Dictionary<string, FieldProfile>> ProfileAsync(
        string sql, IReadOnlyList<ProfileField> fields, ProfileOptions? options = null, IEngine? on = null) =>
        (await RunAsync(sql, fields, options, on)).Fields.ToDictionary(f => f.Name);

    private Task<ContainerFields> RunAsync(string sql, IReadOnlyList<ProfileField> fields, ProfileOptions? options = null, IEngine? on = null) =>
        new Profiler(on ?? engine.Engine).RunAsync(new RowsToProfile(sql, query => query, InEngine: false), fields, options ?? new ProfileOptions(), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Figures_OfRealWeather_EqualAnIndependentComputation()
    {
        var lines = await File.ReadAllLinesAsync(Vega("seattle-weather.csv"));
        var rows = lines.Skip(1).Select(l => l.Split(',')).ToList();
        ProfileField[] fields = [.. lines[0].Split(',').Select(n => new ProfileField(n, FieldKind.String, Infer: true))];
        var text = string.Join(", ", fields.Select(f => $"{f.Name} Nullable(String)"));

        var found = await ProfileAsync($"SELECT * FROM file({EngineLiteral.Quote(Vega("seattle-weather.csv"))}, 'CSVWithNames', '{text}')", fields, new ProfileOptions { Correlation = 0 });

        found["date"].Type.ShouldBe(FieldKind.Date);
        found["date"].Min!.Value.GetString().ShouldBe(rows.Min(r => r[0]));
        found["weather"].Type.ShouldBe(FieldKind.String);
        found["weather"].Histogram!.ToDictionary(b => b.Value, b => b.Count).ShouldBe(rows.GroupBy(r => r[5]).ToDictionary(g => g.Key, g => (long)g.Count()), ignoreOrder: true);
        found["weather"].Entropy!.Value.ShouldBe(-rows.GroupBy(r => r[5]).Sum(g => (double)g.Count() / rows.Count * Math.Log((double)g.Count() / rows.Count)), 1e-12);
        for (var i = 1; i < 5; i++)
        {
            var values = rows.Select(r => double.Parse(r[i], Invariant)).ToArray();
            var profile = found[fields[i].Name];
            profile.Type.ShouldBe(FieldKind.Fractional);
            var moments = Independent.Moments(values);
            Same(profile.Mean, moments.Mean);
            Same(profile.StdDev, moments.StdDev);
            Same(profile.Skewness, moments.Skewness);
            Same(profile.Kurtosis, moments.Kurtosis);
            Same(profile.Sum!.Value.GetDouble(), values.Sum(v => (decimal)v));
            Same(profile.Min!.Value.GetDouble(), values.Min());
            Same(profile.Max!.Value.GetDouble(), values.Max());
            Same(profile.Q1, Independent.Quantile(values, 0.25));
            Same(profile.Median, Independent.Quantile(values, 0.5));
            Same(profile.Q3, Independent.Quantile(values, 0.75));
            profile.ApproximateDistinctValues.ShouldBe(values.Distinct().Count());
            Same(profile.UniqueDistinctRatio, (double)values.GroupBy(v => v).Count(g => g.Count() == 1) / values.Distinct().Count());
            profile.Kll!.Buckets.Sum(b => b.Count).ShouldBe(values.Length);
            profile.IsNotNormal.ShouldBe(rows.Count / 6.0 * (moments.Skewness * moments.Skewness + moments.Kurtosis * moments.Kurtosis / 4) > 9.21034);
        }
        var (high, low) = (rows.Select(r => double.Parse(r[2], Invariant)).ToArray(), rows.Select(r => double.Parse(r[3], Invariant)).ToArray());
        Same(found["temp_max"].Correlations.Single(c => c.Field == "temp_min").Correlation, Independent.Correlation(high, low));
        var model = found["temp_max"].Regressions.Single(r => r.Field == "temp_min");
        var (slope, intercept, error) = Independent.Line(low, high);
        Same(model.Coefficient, slope);
        Same(model.Intercept, intercept);
        Same(model.RootMeanSquaredError, error);
    }

    [Fact]
    public async Task Source_IsReadByOneStatement()
    {
        var watched = new WatchedEngine(engine.Engine);

        var found = await RunAsync("SELECT number AS a, toString(number % 7) AS b, number / 3 AS d FROM numbers(5000)",
            [new("a", FieldKind.Integral), new("b", FieldKind.String, Infer: true), new("d", FieldKind.Fractional)], on: watched);

        found.Rows.ShouldBe(5000);
        // DESCRIBE asks for the types and reads nothing.
        watched.Statements.Where(s => s.Contains("numbers(5000)", StringComparison.Ordinal) && !s.StartsWith("DESCRIBE", StringComparison.Ordinal)).Count().ShouldBe(1);
        var left = await engine.ScalarAsync($"SELECT toInt64(count()) FROM system.tables WHERE name IN ({string.Join(", ", watched.Statements.Where(s => s.StartsWith("CREATE TABLE", StringComparison.Ordinal)).Select(s => EngineLiteral.Quote(s.Split('`')[1])))})");
        left.ShouldBe(0L);
    }

    [Fact]
    public async Task Sketches_StayWithinTheirStatedError()
    {
        const long Rows = 600_000;
        // 300,000 values once and 150,000 twice; numbers are a known permutation of 0 .. Rows - 1.
        var found = await ProfileAsync($"SELECT if(number >= {Rows / 2}, 1000000 + intDiv(number, 2), number) AS v, toFloat64((number * 7919) % {Rows}) AS x FROM numbers({Rows})",
            [new("v", FieldKind.Integral), new("x", FieldKind.Fractional)]);

        var distinct = 300_000 + 150_000;
        ((double)found["v"].ApproximateDistinctValues!.Value).ShouldBe(distinct, distinct * 6 * 0.006);
        found["x"].ApproximateDistinctValues!.Value.ShouldBeInRange((long)(Rows * 0.965), (long)(Rows * 1.035));
        // Ranks: six standard errors of 0.1 %.
        found["x"].Median!.Value.ShouldBe(Rows / 2.0, Rows * 0.006);
        found["x"].Q1!.Value.ShouldBe(Rows / 4.0, Rows * 0.006);
        found["x"].UniqueDistinctRatio!.Value.ShouldBe(1, 1e-9);
        // Six standard errors of 1 % of the values, seen on every third row.
        found["x"].Kll!.Buckets.ShouldAllBe(b => Math.Abs(b.Count - Rows / 100) <= Rows * 6 * 0.00023);
        found["x"].Kll!.Buckets.Sum(b => b.Count).ShouldBe(Rows);
        Same(found["x"].Mean, (Rows - 1) / 2.0);
        Same(found["x"].StdDev, Math.Sqrt(((double)Rows * Rows - 1) / 12));
    }

    [Theory]
    [InlineData("number", 1_500_000, 1_500_000)]
    [InlineData("cityHash64(number) % 20000", 20_000, 0)]
    [InlineData("cityHash64(number) % 400000", 390_600, 35_200)]
    // A sample of these tells of some thousands of values, were they alike.
    [InlineData("if(number % 2 = 0, 0, number)", 750_001, 750_000)]
    // One of a hundred thousand, each three times, and all the rest the same.
    [InlineData("if(number < 300000, intDiv(number, 3), 100000 + number % 6000)", 106_000, 0)]
    public async Task Distinct_OfManyValues_IsWithinItsError_HoweverTheyLie(string value, long distinct, long single)
    {
        var found = await ProfileAsync($"SELECT toInt64({value}) AS n, concat('text ', toString({value})) AS t, if(number % 10 = 0, NULL, n) AS o FROM numbers(1500000)",
            [new("n", FieldKind.Integral), new("t", FieldKind.String), new("o", FieldKind.Integral)]);

        foreach (var field in new[] { found["n"], found["t"] })
        {
            ((double)field.ApproximateDistinctValues!.Value).ShouldBe(distinct, distinct <= 65_536 ? 0.5 : distinct * 6 * 0.006);
            field.UniqueDistinctRatio!.Value.ShouldBe((double)single / distinct, 0.02);
        }
        found["o"].ApproximateDistinctValues!.Value.ShouldBeLessThanOrEqualTo((long)(distinct * 1.036));
    }

    [Fact]
    public async Task Moments_OfLargeValuesCloseTogether_LoseNoDigits()
    {
        var found = await ProfileAsync("SELECT 1e9 + number % 2 AS x FROM numbers(1000)", [new("x", FieldKind.Fractional)]);

        found["x"].StdDev!.Value.ShouldBe(0.5, 1e-12);
        found["x"].Skewness!.Value.ShouldBe(0, 1e-9);
        found["x"].Kurtosis!.Value.ShouldBe(-2, 1e-9);
    }

    [Fact]
    public async Task Moments_OfManyRowsWhoseFirstOnesLieFarOff_LoseNoDigits()
    {
        var values = Enumerable.Range(0, 300_000).Select(i => i < 10_000 ? 0.0 : 1e9 + i % 2).ToArray();

        var found = await ProfileAsync("SELECT if(number < 10000, 0, 1e9 + number % 2) AS x FROM numbers(300000)", [new("x", FieldKind.Fractional)]);

        var moments = Independent.Moments(values);
        Same(found["x"].Mean, moments.Mean);
        Same(found["x"].StdDev, moments.StdDev);
        Same(found["x"].Skewness, moments.Skewness);
        Same(found["x"].Kurtosis, moments.Kurtosis);
    }

    [Fact]
    public async Task Rows_ThatAreKnownToBeFew_AreStagedInMemory()
    {
        var watched = new WatchedEngine(engine.Engine);

        var found = await new Profiler(watched).RunAsync(new RowsToProfile("SELECT number AS n FROM numbers(1000)", query => query, InEngine: false) { Rows = 1_000 },
            [new("n", FieldKind.Integral)], new ProfileOptions(), TestContext.Current.CancellationToken);

        found.Rows.ShouldBe(1_000);
        watched.Statements.Single(s => s.StartsWith("CREATE TABLE", StringComparison.Ordinal)).ShouldEndWith("ENGINE = Memory");
    }

    [Fact]
    public async Task OddValues_AreRightOrReported_AndCostNoOtherField()
    {
        ProfileField[] fields =
        [
            new("count", FieldKind.Integral), new("sum(x)", FieldKind.Fractional), new("c0", FieldKind.Integral), new("ba`ck\\\"quote' %s {a:String}", FieldKind.String),
            new("wide", FieldKind.Fractional), new("big", FieldKind.Integral), new("huge text", FieldKind.String), new("bytes", FieldKind.String), new("nothing", FieldKind.String),
            new("map", FieldKind.Unknown), new("struct", FieldKind.Struct), new("nested", FieldKind.Array), new("uuid", FieldKind.String), new("low", FieldKind.String),
            new("nanos", FieldKind.Timestamp), new("day", FieldKind.Date), new("mood", FieldKind.String), new("far", FieldKind.Date), new("unsigned", FieldKind.Integral),
        ];
        var found = await ProfileAsync("""
            SELECT if(number = 0, NULL, number) AS count, [nan, inf, -inf, 1.5, NULL][number + 1] AS `sum(x)`, number AS c0, toString(number) AS `ba\`ck\\"quote' %s {a:String}`,
                toDecimal128('1234567890123456789012345678.0123456789', 10) AS wide, toInt64(9223372036854775807) AS big, repeat(repeat('ä', 1024), 5120) AS `huge text`,
                unhex(['ff00', 'fe', '41', '41', ''][number + 1]) AS bytes, CAST(NULL, 'Nullable(String)') AS nothing, map('a', number) AS map,
                CAST((number, 'x'), 'Tuple(a UInt64, b Nullable(String))') AS struct, [[number, 1], [2]] AS nested, generateUUIDv4(number) AS uuid,
                toLowCardinality(toString(number % 2)) AS low, toDateTime64('2262-04-11 00:00:00.123456789', 9, 'UTC') AS nanos, toDate32('1900-01-01') AS day,
                CAST(1 + number % 2, 'Enum8(\'sad\' = 1, \'ok\' = 2)') AS mood, ['0044-03-15 BC', 'infinity', '1492-10-12', '2500-01-01', '1066-10-14'][number + 1] AS far,
                toUInt64(18446744073709551615) AS unsigned
            FROM numbers(5)
            """, fields);

        found.Count.ShouldBe(fields.Length);
        found.Values.Where(f => f.Message is not null).Select(f => $"{f.Name}: {f.Message}").ShouldBeEmpty();
        found["count"].Completeness.ShouldBe(0.8);
        found["count"].Mean.ShouldBe(2.5);
        found["sum(x)"].ShouldSatisfyAllConditions(f => f.Completeness.ShouldBe(0.8), f => f.NotFinite.ShouldBe(3), f => f.Mean.ShouldBe(1.5), f => f.Max!.Value.GetDouble().ShouldBe(1.5));
        found["wide"].Sum!.Value.GetRawText().ShouldBe("6172839450617283945061728390.0617283945");
        found["wide"].StdDev.ShouldBe(0);
        found["big"].Sum!.Value.GetRawText().ShouldBe("46116860184273879035");
        found["unsigned"].Sum!.Value.GetRawText().ShouldBe("92233720368547758075");
        found["huge text"].ShouldSatisfyAllConditions(f => f.MaxLength.ShouldBe(5_242_880), f => f.ApproximateDistinctValues.ShouldBe(1), f => f.Histogram!.Single().Value.Length.ShouldBe(257));
        found["bytes"].ApproximateDistinctValues.ShouldBe(4);
        found["nothing"].ShouldSatisfyAllConditions(f => f.Completeness.ShouldBe(0), f => f.MinLength.ShouldBeNull(), f => f.Entropy.ShouldBeNull());
        found["map"].Completeness.ShouldBe(1);
        found["struct"].SubFields.Select(f => (f.Name, f.Type)).ShouldBe([("struct.a", FieldKind.Integral), ("struct.b", FieldKind.String)]);
        found["struct"].SubFields[0].Mean.ShouldBe(2);
        found["nested"].ShouldSatisfyAllConditions(f => f.MaxLength.ShouldBe(2), f => f.Element!.Values.ShouldBe(15), f => f.Element!.Max!.Value.GetInt64().ShouldBe(4));
        found["low"].Histogram!.Select(b => (b.Value, b.Count)).ShouldBe([("0", 3), ("1", 2)]);
        found["nanos"].Min!.Value.GetString().ShouldBe("2262-04-11T00:00:00.123456789Z");
        found["mood"].Histogram!.Select(b => b.Value).ShouldBe(["sad", "ok"]);
        found["far"].ShouldSatisfyAllConditions(
            f => f.Type.ShouldBe(FieldKind.Date), f => f.Min!.Value.GetString().ShouldBe("-0043-03-15"), f => f.Max!.Value.GetString().ShouldBe("2500-01-01"), f => f.NotFinite.ShouldBe(1));
    }

    /// <summary>As PostgreSQL's numeric comes where NaN or an infinity is among the values.</summary>
    [Theory]
    [InlineData(20_000)]
    [InlineData(0)]
    public async Task Decimals_WithNaN_LoseNoDigit(int fewRows)
    {
        var found = await RunAsync("""
            SELECT toNullable(arrayJoin(['12345678901234567890123456789012345678', '12345678901234567890123456789012345679', '12345678901234567890123456789012345679.0', 'NaN', 'NaN', 'Infinity', '-Infinity'])) AS wide,
                arrayJoin([wide, NULL]) AS n, arrayJoin(['-0.00000000000000000000000000000000000000000000000000000000000000000000000001', '1', 'NaN']) AS widest,
                arrayJoin(['NaN', concat('1', repeat('0', 80))]) AS endless
            """,
            [new("wide", FieldKind.Fractional), new("n", FieldKind.Fractional), new("widest", FieldKind.Fractional), new("endless", FieldKind.Fractional)], new ProfileOptions { FewRows = fewRows });

        var wide = found.Fields[0];
        wide.Message.ShouldBeNull();
        (wide.Values, wide.NotFinite, wide.ApproximateDistinctValues).ShouldBe((7 * 12, 4 * 12, 5));
        (wide.Min!.Value.GetRawText(), wide.Max!.Value.GetRawText()).ShouldBe(("12345678901234567890123456789012345678.0", "12345678901234567890123456789012345679.0"));
        wide.Sum!.Value.GetRawText().ShouldBe($"{12 * 3 * System.Numerics.BigInteger.Parse("12345678901234567890123456789012345678", null) + 24}.0");
        wide.Histogram!.Select(b => (b.Value, b.Count)).ShouldBe(
            [("12345678901234567890123456789012345679", 24), ("nan", 24), ("-inf", 12), ("12345678901234567890123456789012345678", 12), ("inf", 12)]);
        (found.Fields[1].Completeness, found.Fields[1].UniqueDistinctRatio).ShouldBe((0.5, 0));
        found.Fields[2].Min!.Value.GetRawText().ShouldBe("-0.00000000000000000000000000000000000000000000000000000000000000000000000001");
        found.Fields[3].Message.ShouldStartWith("It holds numbers that no decimal has room for");
        found.Fields[3].Max!.Value.GetDouble().ShouldBe(1e80);
    }

    [Theory]
    [InlineData("0044-03-15 BC", "-0043-03-15")]
    [InlineData("0044-03-15 (BC)", "-0043-03-15")]
    [InlineData("0001-12-31 23:59:59.5+00 BC", "0000-12-31T23:59:59.5Z")]
    [InlineData("10001-01-01 BC", "-10000-01-01")]
    [InlineData("12024-01-01 00:00:00", "+12024-01-01T00:00:00Z")]
    [InlineData("1066-10-14 09:00:00+00", "1066-10-14T09:00:00Z")]
    [InlineData("infinity", "infinity")]
    [InlineData("-0044-03-15 00:00:00", "-0044-03-15 00:00:00")]
    public async Task Times_OfAnyYear_AreWrittenInIso8601(string printed, string iso)
    {
        var found = await RunAsync($"SELECT toNullable('{printed}') AS t FROM numbers(3)", [new("t", FieldKind.Timestamp)]);

        found.Fields[0].Histogram!.Single().Value.ShouldBe(iso);
        found.Fields[0].Min?.GetString().ShouldBe(printed.StartsWith("infinity", StringComparison.Ordinal) || printed[0] == '-' ? null : iso);
    }

    [Fact]
    public async Task Times_SortByTheirYears_BeforeChristToo()
    {
        var found = await RunAsync("SELECT arrayJoin(['0044-03-15 12:00:00 BC', '0044-01-15 12:00:00 BC', '0100-12-31 00:00:00 BC', '1066-10-14 09:00:00', '12024-01-01 00:00:00', '9999-12-31 00:00:00', 'infinity', '-infinity', NULL]) AS t",
            [new("t", FieldKind.Timestamp)]);

        (found.Fields[0].Min!.Value.GetString(), found.Fields[0].Max!.Value.GetString(), found.Fields[0].NotFinite).ShouldBe(("-0099-12-31T00:00:00Z", "+12024-01-01T00:00:00Z", 2));
    }

    [Fact]
    public async Task Empty_HasNoFigures()
    {
        var found = await RunAsync("SELECT number AS n, toString(number) AS t FROM numbers(0)", [new("n", FieldKind.Integral), new("t", FieldKind.String, Infer: true)]);

        found.Rows.ShouldBe(0);
        found.Fields.ShouldAllBe(f => f.Completeness == null && f.Min == null && f.Message == null);
    }

    [Fact]
    public async Task Wide_TablesAreSplit()
    {
        const int Fields = 1_500;
        var sql = $"SELECT {string.Join(", ", Enumerable.Range(0, Fields).Select(i => $"number + {i} AS f{i}"))} FROM numbers(50)";

        var found = await RunAsync(sql, [.. Enumerable.Range(0, Fields).Select(i => new ProfileField($"f{i}", FieldKind.Integral))], new ProfileOptions { Correlation = 1.1 });

        found.Fields.Count.ShouldBe(Fields);
        found.Fields.ShouldAllBe(f => f.Message == null && f.ApproximateDistinctValues == 50);
        found.Fields[1499].Min!.Value.GetInt64().ShouldBe(1499);
    }

    /// <summary>As PostgreSQL's arrays come, which have as many dimensions as each value has.</summary>
    [Fact]
    public async Task Arrays_OfSeveralDimensions_AreProfiledByAllTheirElements()
    {
        var found = await RunAsync("SELECT toNullable(arrayJoin(['[1,2]', '[[3,4],[5,null]]', '[[[7]],[[8]]]', '[]', NULL])) AS n, toNullable(arrayJoin(['[[\"[a\",\"b\"]]', '[\"c\"]'])) AS t",
            [new("n", FieldKind.Array, Element: FieldKind.Integral), new("t", FieldKind.Array, Element: FieldKind.String)]);

        (found.Fields[0].MinLength, found.Fields[0].MaxLength, found.Fields[0].Element!.Values, found.Fields[0].Element!.Max!.Value.GetInt64()).ShouldBe((0, 4, 2 * 7, 8));
        found.Fields[1].Element!.Histogram!.Select(v => v.Value).ShouldBe(["[a", "b", "c"], ignoreOrder: true);
    }

    /// <summary>As staged rows come: a sub-select of nullable columns, which is understood once and not by each statement.</summary>
    [Fact]
    public async Task Wide_RowsOfTheEngineAreCopiedOnce()
    {
        const int Fields = 1_500;
        await using var staged = await StagingTable.FillAsync(engine.Engine, "test", [.. Enumerable.Range(0, Fields).Select(i => new EngineColumn($"c{i}", "Nullable(Int64)"))], null,
            (table, _) => engine.Engine.InsertAsync($"INSERT INTO {table} FORMAT TSV", async (rows, stop) =>
            {
                for (var row = 0; row < 200; row++)
                    await rows.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\t', Enumerable.Range(1, Fields).Select(i => row % 10 == 3 ? "\\N" : $"{row * i}")) + "\n"), stop);
            }, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var sql = $"SELECT {string.Join(", ", Enumerable.Range(0, Fields).Select(i => $"c{i} AS f{i}"))} FROM {staged.Name}";

        var found = await new Profiler(engine.Engine).RunAsync(new RowsToProfile(sql, query => query, InEngine: true) { Rows = 200 },
            [.. Enumerable.Range(0, Fields).Select(i => new ProfileField($"f{i}", FieldKind.Integral))], new ProfileOptions(), TestContext.Current.CancellationToken);

        found.Fields.ShouldAllBe(f => f.Message == null && f.ApproximateDistinctValues == 180 && f.Completeness == 0.9 && f.Correlations.Count == 50);
        found.Fields[1499].Max!.Value.GetInt64().ShouldBe(199 * 1500);
    }

    [Fact]
    public async Task Sample_IsSpreadOverTheTable_AndSaysHowManyRowsItSaw()
    {
        var found = await RunAsync("SELECT number AS n FROM numbers(100000)", [new("n", FieldKind.Integral)], new ProfileOptions { MostRows = 1_000 });

        found.Read.ShouldBe(100_000);
        found.Rows.ShouldBeInRange(850, 1_000);
        var profile = found.Fields.Single();
        profile.Values.ShouldBe(found.Rows);
        profile.Median!.Value.ShouldBe(50_000, 12_000);
        profile.Max!.Value.GetInt64().ShouldBeGreaterThan(90_000);
        profile.Min!.Value.GetInt64().ShouldBeLessThan(10_000);
    }

    [Theory]
    [InlineData("'1', '2', '30'", FieldKind.Integral)]
    [InlineData("'1', '2.5', '-3e4'", FieldKind.Fractional)]
    [InlineData("'01', '02', '3'", FieldKind.String)]
    [InlineData("'true', 'FALSE', ''", FieldKind.Boolean)]
    [InlineData("'2024-02-29', '1950-01-01'", FieldKind.Date)]
    [InlineData("'2024-02-30', '1950-01-01'", FieldKind.String)]
    [InlineData("'2024-02-29T10:00:00Z', '1950-01-01 10:00'", FieldKind.Timestamp)]
    [InlineData("'1/31/1990', '12/1/2001'", FieldKind.Date)]
    [InlineData("'Jun 12 1998', 'Aug 7 2001'", FieldKind.Date)]
    [InlineData("'', ''", FieldKind.String)]
    [InlineData("'1', 'one'", FieldKind.String)]
    public async Task Text_ThatIsReallySomethingElse_IsFound(string values, FieldKind expected)
    {
        var found = await ProfileAsync($"SELECT arrayJoin([{values}]) AS t", [new("t", FieldKind.String, Infer: true)]);

        found["t"].Message.ShouldBeNull();
        found["t"].Type.ShouldBe(expected);
        found["t"].TypeDeclared.ShouldBeFalse();
    }

    private static void Same(double? actual, decimal expected) => Same(actual, (double)expected);

    private static void Same(double? actual, double expected) => actual!.Value.ShouldBe(expected, Math.Max(1e-12, Math.Abs(expected) * 1e-9));
}
