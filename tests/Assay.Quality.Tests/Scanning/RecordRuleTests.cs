using System.Text.Json;
using Assay.Quality.Checks;
using Assay.Quality.Rules;
using Assay.Quality.Scanning;
using Assay.Quality.Tests.Testing;

namespace Assay.Quality.Tests.Scanning;

/// <summary>Which rows break each rule on single rows, written from the rule's definition: values, edges, NULL.</summary>
public sealed class RecordRuleTests(QualityEngine engine)
{
    private const string I = "Nullable(Int64)", F = "Nullable(Float64)", D = "Nullable(Decimal(10, 2))", S = "Nullable(String)", Day = "Nullable(Date32)", T = "Nullable(DateTime64(6, 'UTC'))";

    /// <summary>Rule, engine's type, declared type, properties, values, and those of them (from 1) that break the rule.</summary>
    public static TheoryData<string, string, FieldType, string?, string[], int[]> Cases => new()
    {
        { "between", I, FieldType.Integral, """{"min":5,"inclusive_min":true,"max":10,"inclusive_max":false}""", ["4", "5", "9", "10", "NULL"], [1, 4] },
        { "between", D, FieldType.Fractional, """{"min":0.1,"inclusive_min":false,"max":0.3,"inclusive_max":true}""", ["0.1", "0.11", "0.3", "0.31", "NULL"], [1, 4] },
        { "between", F, FieldType.Fractional, """{"min":0,"inclusive_min":true,"max":1,"inclusive_max":true}""", ["0", "nan", "inf", "-0.0"], [2, 3] },
        { "greaterThan", I, FieldType.Integral, """{"value":5,"inclusive":false}""", ["5", "6", "-6", "NULL"], [1, 3] },
        { "greaterThan", I, FieldType.Integral, """{"value":5,"inclusive":true}""", ["5", "4"], [2] },
        { "greaterThan", I, FieldType.Integral, """{"value":4.5,"inclusive":true}""", ["5", "4"], [2] },
        { "greaterThan", F, FieldType.Fractional, """{"value":5,"inclusive":true,"numeric_comparator":{"epsilon":0.5}}""", ["4.5", "4.4", "5"], [2] },
        { "lessThan", I, FieldType.Integral, """{"value":5,"inclusive":false}""", ["5", "4", "6", "NULL"], [1, 3] },
        { "lessThan", I, FieldType.Integral, """{"value":5,"inclusive":true}""", ["5", "6"], [2] },
        { "minValue", D, FieldType.Fractional, """{"value":1.5}""", ["1.49", "1.5", "NULL"], [1] },
        { "maxValue", D, FieldType.Fractional, """{"value":1.5}""", ["1.51", "1.5", "NULL"], [1] },
        { "maxValue", "Int64", FieldType.Integral, """{"value":9007199254740992}""", ["9007199254740993", "9007199254740992"], [1] },
        { "notNegative", I, FieldType.Integral, null, ["0", "-1", "1", "NULL"], [2] },
        { "positive", I, FieldType.Integral, null, ["0", "-1", "1", "NULL"], [1, 2] },
        { "equalTo", F, FieldType.Fractional, """{"value":5}""", ["5", "5.1", "NULL"], [2] },
        { "equalTo", "Nullable(Float32)", FieldType.Fractional, """{"value":0.1}""", ["'0.1'", "'0.2'"], [2] },
        { "equalTo", F, FieldType.Fractional, """{"value":120,"numeric_comparator":{"epsilon":10,"as_absolute":false}}""", ["120", "133.3", "133.4", "NULL"], [3] },
        { "equalTo", F, FieldType.Fractional, """{"value":0.3,"numeric_comparator":{"epsilon":0.1,"as_absolute":true}}""", ["0.4", "0.2", "0.41"], [3] },
        { "notNull", I, FieldType.Integral, null, ["1", "NULL", "0"], [2] },
        { "notNull", S, FieldType.String, null, ["''", "NULL"], [2] },
        { "anyNotNull", I, FieldType.Integral, null, ["1", "NULL"], [2] },
        { "afterDateTime", T, FieldType.Timestamp, """{"datetime":"2024-01-01T00:00:00Z"}""", ["'2024-01-01 00:00:00'", "'2024-01-01 00:00:00.000001'", "'2023-12-31 23:59:59'", "NULL"], [1, 3] },
        { "beforeDateTime", Day, FieldType.Date, """{"datetime":"2024-01-01 00:00:00"}""", ["'2024-01-01'", "'2023-12-31'", "'2024-01-02'", "NULL"], [1, 3] },
        { "betweenTimes", Day, FieldType.Date, """{"min_time":"2024-01-01T00:00:00Z","max_time":"2024-01-31T00:00:00Z"}""", ["'2024-01-01'", "'2024-01-31'", "'2024-02-01'", "'2023-12-31'", "NULL"], [3, 4] },
        { "notFuture", T, FieldType.Timestamp, null, ["'2024-03-15 12:00:00'", "'2024-03-15 12:00:01'", "NULL"], [2] },
        { "containsEmail", S, FieldType.String, null, ["'write to a.b@example.com now'", "'amy.lu@'", "''", "NULL", "'x@y'"], [2, 3, 5] },
        { "containsUrl", S, FieldType.String, null, ["'see https://a.org/x?y=1'", "'www.x.com'", "'ftp:server:8080'", "'ftp://server/file'", "NULL"], [2, 3] },
        { "containsCreditCard", S, FieldType.String, null, ["'card 4111111111111111 ok'", "'4111-1111-1111-1111'", "'4111 1111'", "'12345678901234567'", "NULL"], [3, 4] },
        { "containsSocialSecurityNumber", S, FieldType.String, null, ["'234567890'", "'429-14-2216'", "'666-12-3456'", "'000-12-3456'", "'900-12-3456'", "'123-00-4567'", "'078-05-1120'", "NULL"], [3, 4, 5, 6, 7] },
        { "isCreditCard", S, FieldType.String, null, ["'4111111111111111'", "'4111 1111 1111 1111'", "'4111111111111112'", "'x4111111111111111'", "'378282246310005'", "NULL"], [3, 4] },
        { "minLength", S, FieldType.String, """{"value":3}""", ["'äöü'", "'ab'", "''", "NULL"], [2, 3] },
        { "maxLength", S, FieldType.String, """{"value":3}""", ["'äöü'", "'abcd'", "''", "NULL"], [2] },
        { "matchesPattern", S, FieldType.String, """{"pattern":"^[A-Z]{2}\\d+$"}""", ["'AB12'", "'xAB12'", "'AB'", "NULL"], [2, 3] },
        { "matchesPattern", S, FieldType.String, """{"pattern":"b.d"}""", ["'abcde'", "'b\\nd'", "''"], [2, 3] },
        { "isType", S, FieldType.String, """{"field_type":"Integral"}""", ["'15'", "' -7 '", "'15.5'", "'Ten'", "''", "NULL"], [3, 4, 5] },
        { "isType", S, FieldType.String, """{"field_type":"Fractional"}""", ["'15'", "'-1.5e3'", "'.5'", "'1,5'", "NULL"], [4] },
        { "isType", S, FieldType.String, """{"field_type":"Boolean"}""", ["'True'", "'no'", "'maybe'", "NULL"], [3] },
        { "isType", S, FieldType.String, """{"field_type":"Date"}""", ["'2024-02-29'", "'2023-02-29'", "'2024-13-01'", "'01/02/2024'", "NULL"], [2, 3, 4] },
        { "isType", S, FieldType.String, """{"field_type":"Timestamp"}""", ["'2024-02-29 10:11:12.5'", "'2024-02-29T23:59:59Z'", "'2024-02-29 25:00:00'", "NULL"], [3] },
        { "isAddress", S, FieldType.String, """{"required_labels":["road","city","state","postcode"]}""", ["'1600 Pennsylvania Ave, Washington, DC 20500'", "'Washington, DC 20500'", "'hello'", "NULL"], [2, 3] },
        { "expectedValues", S, FieldType.String, """{"list":["a","it's","x\\y"]}""", ["'a'", "'it\\'s'", "'x\\\\y'", "'A'", "''", "NULL"], [4, 5] },
        { "expectedValues", D, FieldType.Fractional, """{"list":["1",2.50]}""", ["1", "2.5", "3", "NULL"], [3] },
        { "expectedValues", I, FieldType.Integral, """{"list":["1.0",2]}""", ["1", "2", "3", "NULL"], [3] },
        { "expectedValues", "Nullable(Bool)", FieldType.Boolean, """{"list":[true]}""", ["true", "false", "NULL"], [2] },
        { "expectedValues", Day, FieldType.Date, """{"list":["2024-01-01"]}""", ["'2024-01-01'", "'2024-01-02'", "NULL"], [2] },
        { "satisfiesExpression", I, FieldType.Integral, """{"expression":"v > 1 AND v % 2 = 0"}""", ["2", "3", "0", "NULL"], [2, 3] },
        { "predictedBy", F, FieldType.Fractional, """{"expression":"2 * id","tolerance":0.5}""", ["2.5", "4.6", "NULL", "7.5"], [2] },
        // A source that delivers numbers as text, where one fits no type.
        { "notNegative", S, FieldType.Fractional, null, ["'1.5'", "'-2'", "'NaN'", "'text'", "NULL"], [2, 3] },
        { "notFuture", S, FieldType.Timestamp, null, ["'2024-03-15 11:00:00'", "'2025-01-01T00:00:00Z'", "NULL"], [2] },
        // Elements of arrays: any of them breaks the row, an empty array none.
        { "between", "Array(Nullable(Int64))", FieldType.Array, """{"min":0,"inclusive_min":true,"max":9,"inclusive_max":true,"is_element_context":true}""", ["[1, 2]", "[1, 20]", "[]", "[NULL]"], [2] },
        { "expectedValues", "Array(String)", FieldType.Array, """{"list":["a","b"],"is_element_context":true}""", ["['a', 'b']", "['a', 'c']", "[]"], [2] },
        { "notNull", "Array(Nullable(String))", FieldType.Array, """{"is_element_context":true}""", ["['a', NULL]", "['a']", "[]"], [1] },
        { "matchesPattern", S, FieldType.Array, """{"pattern":"^[a-z]$","is_element_context":true}""", ["'[\"a\",\"b\"]'", "'[\"a\",\"1\"]'", "'[]'", "NULL"], [2] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Scan_OneField_FindsTheRowsThatBreakTheRule(string rule, string type, FieldType declared, string? properties, string[] values, int[] broken)
    {
        var check = Tables.Check(rule, RuleCatalogue.Find(rule)!.Spec.Fields == FieldScope.Calculated ? "" : "v", properties);
        CheckValidator.Validate(check, Tables.Column(type, declared).Fields).ShouldBeEmpty();
        await Holds(Tables.Scan(Tables.Column(type, declared, values), check), values.Length, broken);
    }

    public static TheoryData<string, string, string?, string, int[]> PairCases => new()
    {
        { "notNull", "a,b", null, "(1, 1, 1), (2, NULL, 1), (3, NULL, NULL)", [2, 3] },
        { "anyNotNull", "a,b", null, "(1, 1, 1), (2, NULL, 1), (3, NULL, NULL)", [3] },
        { "equalTo", "a,b", """{"value":1}""", "(1, 1, 1), (2, 1, 2), (3, NULL, 1), (4, NULL, 2)", [2, 4] },
        { "equalToField", "a", """{"field_name":"b"}""", "(1, 1, 1), (2, 1, 2), (3, NULL, 1), (4, 1, NULL)", [2] },
        { "equalToField", "a", """{"field_name":"b","numeric_comparator":{"epsilon":10,"as_absolute":false}}""", "(1, 120, 132), (2, 180, 200), (3, 0, 0), (4, 0, 1)", [2, 4] },
        { "greaterThanField", "a", """{"field_name":"b"}""", "(1, 2, 1), (2, 1, 1), (3, 0, 1), (4, NULL, 1), (5, 1, NULL)", [2, 3] },
        { "greaterThanField", "a", """{"field_name":"b","inclusive":true}""", "(1, 2, 1), (2, 1, 1), (3, 0, 1)", [3] },
        { "lessThanField", "a", """{"field_name":"b"}""", "(1, 2, 1), (2, 1, 1), (3, 0, 1), (4, NULL, 1)", [1, 2] },
        { "lessThanField", "a", """{"field_name":"b","inclusive":true,"numeric_comparator":{"epsilon":1}}""", "(1, 3, 1), (2, 2, 1), (3, 0, 1)", [1] },
    };

    [Theory]
    [MemberData(nameof(PairCases))]
    public async Task Scan_TwoFields_FindsTheRowsThatBreakTheRule(string rule, string fields, string? properties, string rows, int[] broken)
    {
        var table = Tables.Of("id Int64, a Nullable(Float64), b Nullable(Float64)", rows, new("id", FieldType.Integral), new("a", FieldType.Fractional), new("b", FieldType.Fractional));
        await Holds(Tables.Scan(table, Tables.Check(rule, fields, properties)), rows.Count(c => c == '('), broken);
    }

    [Fact]
    public async Task Scan_TimesAndText_CompareByTheirComparators()
    {
        var table = Tables.Of(
            "id Int64, a Nullable(DateTime64(3, 'UTC')), b Nullable(Date32), s Nullable(String), t Nullable(String)",
            "(1, '2024-01-01 00:00:01', '2024-01-01', ' a  b ', 'a b'), (2, '2024-01-01 00:00:03', '2024-01-01', 'a', 'b')",
            new("id", FieldType.Integral), new("a", FieldType.Timestamp), new("b", FieldType.Date), new("s", FieldType.String), new("t", FieldType.String));
        await Holds(Tables.Scan(table, Tables.Check("equalToField", "a", """{"field_name":"b","duration_comparator":{"millis":2000}}""")), 2, [2]);
        await Holds(Tables.Scan(table, Tables.Check("greaterThanField", "a", """{"field_name":"b","duration_comparator":{"millis":2000}}""")), 2, [1]);
        await Holds(Tables.Scan(table, Tables.Check("equalToField", "s", """{"field_name":"t"}""")), 2, [1, 2]);
        await Holds(Tables.Scan(table, Tables.Check("equalToField", "s", """{"field_name":"t","string_comparator":{"ignore_whitespace":true}}""")), 2, [2]);
    }

    [Theory]
    [InlineData("existsIn", new[] { 3 })]
    [InlineData("notExistsIn", new[] { 1, 2 })]
    public async Task Scan_ReferencedValues_CompareAcrossTypes(string rule, int[] broken)
    {
        var table = Tables.Column("Nullable(Int32)", FieldType.Integral, "1", "2", "3", "NULL");
        var other = Tables.Of("k Nullable(Decimal(10, 2)), ok UInt8", "(1.00, 1), (2.00, 1), (NULL, 1), (3.00, 0)", new("k", FieldType.Fractional), new("ok", FieldType.Integral)) with { Name = "others" };
        var check = Tables.Check(rule, "v", """{"field_name":"k","ref_container_id":7,"ref_filter":"ok = 1"}""");
        await Holds(Tables.Scan(table) with { Checks = [new ScanCheck(check, other)] }, 4, broken);
    }

    [Fact]
    public async Task Scan_EntityResolution_FindsEntitiesWithSeveralIds()
    {
        var table = Tables.Of(
            "id Int64, v Nullable(String), w Nullable(String)",
            "(1, 'Acme Corp.', 'A'), (2, 'ACME corp', 'B'), (3, 'Smith', 'C'), (4, 'Smyth', 'D'), (5, 'Acme Corp Berlin', 'A'), (6, 'Umbrella', 'E'), (7, 'Umbrela', 'E'), (8, NULL, 'Z')",
            new("id", FieldType.Integral), new("v", FieldType.String), new("w", FieldType.String));
        await Holds(Tables.Scan(table, Tables.Check("entityResolution", "v", """{"distinct_field_name":"w"}""")), 8, [1, 2]);
        await Holds(Tables.Scan(table, Tables.Check("entityResolution", "v", """{"distinct_field_name":"w","pair_substrings":true}""")), 8, [1, 2, 5]);
        await Holds(Tables.Scan(table, Tables.Check("entityResolution", "v", """{"distinct_field_name":"w","pair_homophones":true}""")), 8, [1, 2, 3, 4]);
        await Holds(Tables.Scan(table, Tables.Check("entityResolution", "v", """{"distinct_field_name":"w","spelling_similarity_threshold":0.8}""")), 8, [1, 2, 3, 4]);
    }

    private async Task Holds(ScanRequest request, int rows, int[] broken)
    {
        var outcome = await new Scanner(engine.Engine).RunAsync(request, TestContext.Current.CancellationToken);
        var check = outcome.Checks.ShouldHaveSingleItem();
        check.Result.ShouldBe(broken.Length == 0 ? Assertion.Passed : Assertion.Failed, check.Details);
        check.Asserted.ShouldBe(rows);
        check.Anomalous.ShouldBe(broken.Length);
        outcome.Anomalies.Select(a => JsonDocument.Parse(a.Records.Single()).RootElement.GetProperty("id").GetInt32()).Order().ShouldBe(broken);
        outcome.Anomalies.ShouldAllBe(a => a.Kind == AnomalyKind.Record && a.Message.Length > 10);
    }
}
