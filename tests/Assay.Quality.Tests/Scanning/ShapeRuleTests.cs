using Assay.Quality.Checks;
using Assay.Quality.Rules;
using Assay.Quality.Scanning;
using Assay.Quality.Tests.Testing;

namespace Assay.Quality.Tests.Scanning;

/// <summary>When each rule on many rows fails, written from the rule's definition.</summary>
public sealed class ShapeRuleTests(QualityEngine engine)
{
    private const string I = "Nullable(Int64)", D = "Nullable(Decimal(10, 2))", F = "Nullable(Float64)", S = "Nullable(String)", Day = "Nullable(Date32)";

    public static TheoryData<string, string, FieldType, string?, string[], bool, string> Cases => new()
    {
        { "sum", I, FieldType.Integral, """{"value":"6"}""", ["1", "2", "3", "NULL"], true, "" },
        { "sum", I, FieldType.Integral, """{"value":7}""", ["1", "2", "3"], false, "sum of the 3 records is not 7.000" },
        { "sum", D, FieldType.Fractional, """{"value":0.3}""", ["0.1", "0.2"], true, "" },
        { "sum", F, FieldType.Fractional, """{"value":0.3}""", ["0.1", "0.2"], true, "" },
        { "sum", I, FieldType.Integral, """{"value":0}""", ["NULL"], true, "" },
        { "distinctCount", S, FieldType.String, """{"value":2}""", ["'a'", "'b'", "'a'", "NULL"], true, "" },
        { "distinctCount", S, FieldType.String, """{"value":2,"comparison":"less than"}""", ["'a'", "'b'"], false, "not less than 2" },
        { "distinctCount", S, FieldType.String, """{"value":2,"comparison":"gte"}""", ["'a'", "'b'"], true, "" },
        { "requiredValues", S, FieldType.String, """{"list":["a","b"]}""", ["'a'", "'b'", "NULL"], true, "" },
        { "requiredValues", S, FieldType.String, """{"list":["a","b","c"]}""", ["'a'", "'b'"], false, "'c'" },
        { "requiredValues", I, FieldType.Integral, """{"list":["1.0",2]}""", ["1", "2"], true, "" },
        { "unique", S, FieldType.String, null, ["'a'", "'b'", "NULL", "NULL"], true, "" },
        { "unique", S, FieldType.String, null, ["'a'", "'a'", "'c'", "'d'"], false, "25.000% of 4 filtered records (1) are not unique" },
        { "metric", I, FieldType.Integral, """{"comparison":"Absolute Value","min":5,"max":10}""", ["10"], true, "" },
        { "metric", I, FieldType.Integral, """{"comparison":"Absolute Value","min":5}""", ["4"], false, "at least 5.000" },
        { "metric", I, FieldType.Integral, """{"comparison":"Absolute Change","max":70,"last_value":30}""", ["100"], true, "" },
        { "metric", I, FieldType.Integral, """{"comparison":"Percentage Change","min":-10,"last_value":100}""", ["89"], false, "-11.000%" },
        { "metric", I, FieldType.Integral, """{"comparison":"Absolute Change","max":1}""", ["100"], true, "" },
        { "timeDistributionSize", Day, FieldType.Date, """{"interval_name":"Monthly","min_size":1,"max_size":2}""", ["'2024-01-01'", "'2024-01-31'", "'2024-02-01'", "NULL"], true, "" },
        { "timeDistributionSize", Day, FieldType.Date, """{"interval_name":"Monthly","min_size":1,"max_size":2}""", ["'2024-01-01'", "'2024-03-31'"], false, "33.333% of the monthly segments" },
        { "timeDistributionSize", Day, FieldType.Date, """{"interval_name":"Weekly","min_size":2,"max_size":2}""", ["'2024-03-11'", "'2024-03-17'", "'2024-03-18'", "'2024-03-19'"], true, "" },
        { "timeDistributionSize", Day, FieldType.Date, """{"interval_name":"Yearly","min_size":0,"max_size":1}""", ["'1999-01-01'", "'2024-03-31'"], true, "" },
        { "minPartitionSize", I, FieldType.Integral, """{"value":2}""", ["1", "2"], true, "" },
        { "minPartitionSize", I, FieldType.Integral, """{"value":3}""", ["1", "2"], false, "fewer than 3 records were loaded" },
        { "maxPartitionSize", I, FieldType.Integral, """{"value":1}""", ["1", "2"], false, "more than 1 records were loaded" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Scan_OneField_JudgesAllRowsTogether(string rule, string type, FieldType declared, string? properties, string[] values, bool passes, string words)
    {
        var check = Tables.Check(rule, RuleCatalogue.Find(rule)!.Spec.Fields == FieldScope.None ? "" : "v", properties);
        var outcome = await Run(Tables.Scan(Tables.Column(type, declared, values), check));
        Judged(outcome, passes, words);
    }

    [Fact]
    public async Task Scan_UniqueOverSeveralFields_ShowsTheDuplicates()
    {
        var table = Tables.Of("id Int64, a Int64, b Nullable(String)", "(1, 1, 'x'), (2, 1, 'y'), (3, 1, 'x'), (4, 1, NULL), (5, 1, NULL)", new("id", FieldType.Integral), new("a", FieldType.Integral), new("b", FieldType.String));
        var outcome = await Run(Tables.Scan(table, Tables.Check("unique", "a,b")));
        Judged(outcome, passes: false, "20.000% of 5 filtered records (1) are not unique");
        outcome.Anomalies[0].Records.Count.ShouldBe(2);
        outcome.Anomalies[0].AnomalousRecords.ShouldBe(1);
    }

    [Theory]
    [InlineData("[1, 2, 3]", "[3, 2, 1]", null, true, "")]
    [InlineData("[1, 2, 2]", "[1, 2]", null, false, "There are 1 records that differ between `things` (3 records) and `others` (2 records)")]
    [InlineData("[1, NULL]", "[NULL, 1]", null, true, "")]
    [InlineData("[1, 2]", "[1, 3]", null, false, "2 records")]
    public async Task Scan_DataDiff_ComparesMultisets(string own, string other, string? properties, bool passes, string words)
    {
        foreach (var rule in new[] { "dataDiff", "isReplicaOf" })
        {
            var outcome = await Diff(
                Relation("things", $"SELECT arrayJoin({own}::Array(Nullable(Int64))) AS v", new ContainerField("v", FieldType.Integral)),
                Relation("others", $"SELECT toDecimal64(arrayJoin({other}::Array(Nullable(Int64))), 2) AS v", new ContainerField("v", FieldType.Fractional)), Tables.Check(rule, "v", properties));
            Judged(outcome, passes, words);
        }
    }

    [Fact]
    public async Task Scan_DataDiffWithIdentifiers_ComparesCellsByComparators()
    {
        ContainerField[] fields = [new("k", FieldType.Integral), new("amount", FieldType.Fractional), new("name", FieldType.String)];
        const string Structure = "k Nullable(Int64), amount Nullable(Float64), name Nullable(String)";
        var own = Tables.Of(Structure, "(1, 10, 'a'), (2, 20, 'b'), (3, NULL, 'c'), (4, 40, 'only here'), (NULL, 1, 'n')", fields);
        var other = Tables.Of(Structure, "(1, 10.05, ' a'), (2, 25, 'b'), (3, NULL, 'c'), (5, 50, 'only there'), (NULL, 1, 'n')", fields) with { Name = "others" };
        var outcome = await Diff(own, other, Tables.Check("dataDiff", "k,amount,name",
            """{"ref_container_id":2,"id_field_names":["k"],"numeric_comparator":{"epsilon":0.1},"string_comparator":{"ignore_whitespace":true}}"""));
        Judged(outcome, passes: false, "There are 3 records that differ");
        outcome.Anomalies[0].Records.Order().ShouldBe([
            """{"_qualytics_diff":"different","k":2,"left_amount":20,"right_amount":25,"left_name":"b","right_name":"b"}""",
            """{"_qualytics_diff":"missing in reference","k":4,"left_amount":40,"right_amount":null,"left_name":"only here","right_name":null}""",
            """{"_qualytics_diff":"missing in target","k":5,"left_amount":null,"right_amount":50,"left_name":null,"right_name":"only there"}""",
        ]);
    }

    [Theory]
    [InlineData("SUM(v)", "eq", "SUM(w)", null, null, true)]
    [InlineData("SUM(v)", "lt", "SUM(w)", null, null, false)]
    [InlineData("COUNT(*)", "less than", "COUNT(*)", "v > 1", null, true)]
    [InlineData("AVG(v)", "gte", "MAX(w)", null, "w < 3", true)]
    [InlineData("MAX(v)", "eq", "MAX(w)", "v > 100", null, false)]
    public async Task Scan_AggregationComparison_ComparesFigures(string expression, string comparison, string other, string? filter, string? otherFilter, bool passes)
    {
        var check = Tables.Check("aggregationComparison", "") with
        {
            Filter = filter,
            Properties = CheckProperties.From(("expression", expression), ("comparison", comparison), ("ref_expression", other), ("ref_filter", otherFilter), ("ref_container_id", 2)),
        };
        var outcome = await Diff(Tables.Column(I, FieldType.Integral, "1", "2", "3"), Tables.Of("w Nullable(Float64)", "(2), (4), (NULL)", new ContainerField("w", FieldType.Fractional)), check);
        Judged(outcome, passes, "");
    }

    [Fact]
    public async Task Scan_Measurements_AreJudgedWithoutReadingRows()
    {
        var broken = new Relation("things", "SELECT * FROM no_such_table") { Fields = [] };
        var measurements = new ContainerMeasurements
        {
            Fields = [new("a", FieldType.Integral), new("b", FieldType.String)],
            LastModified = Tables.Now.AddHours(-2),
            Volumes = [new(Tables.Now.AddDays(-2), 100), new(Tables.Now.AddDays(-1), 100), new(Tables.Now, 150)],
        };
        var outcome = await Run(Tables.Scan(
            broken,
            Tables.Check("fieldCount", "", """{"value":2}""", 1), Tables.Check("fieldCount", "", """{"value":3}""", 2),
            Tables.Check("freshness", "", """{"value":7200000}""", 3), Tables.Check("freshness", "", """{"value":7199999}""", 4),
            Tables.Check("volumetric", "", """{"comparison":"Percentage Change","window_size":7,"max":50}""", 5), Tables.Check("volumetric", "", """{"comparison":"Absolute Change","window_size":7,"max":49}""", 6),
            Tables.Check("volumetric", "", """{"comparison":"Absolute Value","window_size":1,"min":151}""", 7), Tables.Check("userDefinedFunction", "a", """{"assertion":"_ => true"}""", 8),
            Tables.Check("expectedSchema", "", """{"list":["a","b"],"allow_other_fields":false}""", 9)) with
        { Measurements = measurements });
        outcome.Checks.Select(c => c.Result).ShouldBe([
            Assertion.Passed, Assertion.Failed, Assertion.Passed, Assertion.Failed, Assertion.Passed, Assertion.Failed, Assertion.Failed, Assertion.Unasserted, Assertion.Passed]);
        outcome.Anomalies.Count.ShouldBe(4);
        outcome.Checks[6].Measurement.ShouldBe(150);
    }

    [Theory]
    [InlineData("""{"list":["a","c"],"allow_other_fields":true}""", "required fields (c) are not present")]
    [InlineData("""{"list":["a"],"allow_other_fields":false}""", "fields that are not expected (b) are present")]
    [InlineData("""{"list":["a","b"]}""", "the type of field b is String, not Date")]
    public async Task Scan_SchemaIsNotTheExpected_NothingElseIsAsserted(string properties, string words)
    {
        var outcome = await Run(Tables.Scan(new Relation("things", "SELECT 1 AS a") { Fields = [] }, Tables.Check("notNull", "a", null, 1), Tables.Check("expectedSchema", "", properties, 2)) with
        {
            Measurements = new() { Fields = [new("a", FieldType.Integral), new("b", FieldType.String)], ExpectedTypes = new Dictionary<string, FieldType> { ["b"] = FieldType.Date } },
        });
        outcome.SchemaFailed.ShouldBeTrue();
        outcome.Checks.Select(c => c.Result).ShouldBe([Assertion.Unasserted, Assertion.Failed]);
        outcome.Anomalies.ShouldHaveSingleItem().Message.ShouldContain(words);
    }

    private static Relation Relation(string name, string sql, params ContainerField[] fields) => new(name, sql) { Fields = fields };

    private Task<ScanOutcome> Diff(Relation own, Relation other, CheckDefinition check) => Run(Tables.Scan(own) with { Checks = [new ScanCheck(check, other)] });

    private Task<ScanOutcome> Run(ScanRequest request) => new Scanner(engine.Engine).RunAsync(request, TestContext.Current.CancellationToken);

    private static void Judged(ScanOutcome outcome, bool passes, string words)
    {
        var check = outcome.Checks.ShouldHaveSingleItem();
        check.Result.ShouldBe(passes ? Assertion.Passed : Assertion.Failed, check.Details);
        if (passes) outcome.Anomalies.ShouldBeEmpty();
        else
        {
            var anomaly = outcome.Anomalies.ShouldHaveSingleItem();
            anomaly.Kind.ShouldBe(AnomalyKind.Shape);
            anomaly.Message.ShouldContain(words);
        }
    }
}
