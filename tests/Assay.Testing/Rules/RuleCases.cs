using static Assay.Testing.Rules.ColumnKind;

namespace Assay.Testing.Rules;

/// <summary>Cases for rules that need nothing but rows. The engine's tests and the API's tests on every kind of source run the same ones.</summary>
public static class RuleCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Rows("between", Integral, """{"min":5,"inclusive_min":true,"max":10,"inclusive_max":false}""", ["4", "5", "9", "10", null], [1, 4]),
        Rows("between", Fractional, """{"min":0.1,"inclusive_min":false,"max":0.3,"inclusive_max":true}""", ["0.1", "0.11", "0.3", "0.31", null], [1, 4]),
        Rows("greaterThan", Integral, """{"value":5,"inclusive":false}""", ["5", "6", "-6", null], [1, 3]),
        Rows("greaterThan", Integral, """{"value":4.5,"inclusive":true}""", ["5", "4"], [2]),
        Rows("greaterThan", Fractional, """{"value":5,"inclusive":true,"numeric_comparator":{"epsilon":0.5}}""", ["4.5", "4.4", "5"], [2]),
        Rows("lessThan", Integral, """{"value":5,"inclusive":true}""", ["5", "6", null], [2]),
        Rows("lessThan", Fractional, """{"value":5,"inclusive":false}""", ["5", "4.9999", "6"], [1, 3]),
        Rows("minValue", Fractional, """{"value":1.5}""", ["1.49", "1.5", null], [1]),
        Rows("maxValue", Integral, """{"value":9007199254740992}""", ["9007199254740993", "9007199254740992", null], [1]),
        Rows("notNegative", Integral, null, ["0", "-1", "1", null], [2]),
        Rows("notNegative", Fractional, null, ["0", "-0.0001", "1", null], [2]),
        Rows("positive", Integral, null, ["0", "-1", "1", null], [1, 2]),
        Rows("equalTo", Fractional, """{"value":0.3,"numeric_comparator":{"epsilon":0.1,"as_absolute":true}}""", ["0.4", "0.2", "0.41", null], [3]),
        Rows("equalTo", Fractional, """{"value":120,"numeric_comparator":{"epsilon":10,"as_absolute":false}}""", ["120", "133.3", "133.4"], [3]),
        Rows("notNull", Integral, null, ["1", null, "0"], [2]),
        Rows("notNull", Day, null, ["2024-01-01", null], [2]),
        Rows("notNull", Flag, null, ["false", null, "true"], [2]),
        Rows("notNull", Text, null, ["", "x", null], [3]),
        Rows("anyNotNull", Fractional, null, ["1", null], [2]),
        Rows("afterDateTime", Time, """{"datetime":"2024-01-01T00:00:00Z"}""", ["2024-01-01 00:00:00", "2024-01-01 00:00:00.000001", "2023-12-31 23:59:59", null], [1, 3]),
        Rows("beforeDateTime", Day, """{"datetime":"2024-01-01 00:00:00"}""", ["2024-01-01", "2023-12-31", "2024-01-02", null], [1, 3]),
        Rows("betweenTimes", Day, """{"min_time":"2024-01-01T00:00:00Z","max_time":"2024-01-31T00:00:00Z"}""", ["2024-01-01", "2024-01-31", "2024-02-01", "2023-12-31", null], [3, 4]),
        Rows("betweenTimes", Time, """{"min_time":"2024-01-01T00:00:00Z","max_time":"2024-01-31T00:00:00Z"}""", ["2024-01-31 00:00:00", "2024-01-31 00:00:00.000001", null], [2]),
        Rows("notFuture", Time, null, ["2000-01-01 00:00:00", "2150-01-01 00:00:00", null], [2]),
        Rows("notFuture", Day, null, ["2000-01-01", "2150-01-01", null], [2]),
        Rows("containsEmail", Text, null, ["write to a.b@example.com now", "amy.lu@", "x@y", null], [2, 3]),
        Rows("containsUrl", Text, null, ["see https://a.org/x?y=1", "www.x.com", "ftp:server:8080", "ftp://server/file", null], [2, 3]),
        Rows("containsCreditCard", Text, null, ["card 4111111111111111 ok", "4111-1111-1111-1111", "4111 1111", "12345678901234567", null], [3, 4]),
        Rows("containsSocialSecurityNumber", Text, null, ["234567890", "429-14-2216", "666-12-3456", "000-12-3456", "900-12-3456", null], [3, 4, 5]),
        Rows("isCreditCard", Text, null, ["4111111111111111", "4111 1111 1111 1111", "4111111111111112", "x4111111111111111", null], [3, 4]),
        Rows("minLength", Text, """{"value":3}""", ["\u00e4\u00f6\u00fc", "ab", "abc", null], [2]),
        Rows("maxLength", Text, """{"value":3}""", ["\u00e4\u00f6\u00fc", "abcd", null], [2]),
        Rows("matchesPattern", Text, """{"pattern":"^[A-Z]{2}\\d+$"}""", ["AB12", "xAB12", "AB", null], [2, 3]),
        Rows("matchesPattern", Text, """{"pattern":"b.d"}""", ["abcde", "b d", "bd", null], [3]),
        Rows("isType", Text, """{"field_type":"Integral"}""", ["15", "-7", "15.5", "Ten", null], [3, 4]),
        Rows("isType", Text, """{"field_type":"Fractional"}""", ["15", "-1.5e3", "1,5", null], [3]),
        Rows("isType", Text, """{"field_type":"Date"}""", ["2024-02-29", "2023-02-29", "2024-13-01", null], [2, 3]),
        Rows("isAddress", Text, """{"required_labels":["road","city","state","postcode"]}""", ["1600 Pennsylvania Ave, Washington, DC 20500", "Washington, DC 20500", "hello", null], [2, 3]),
        Rows("expectedValues", Text, """{"list":["a","it's","x\\y"]}""", ["a", "it's", "x\\y", "A", null], [4]),
        Rows("expectedValues", Fractional, """{"list":["1",2.50]}""", ["1", "2.5", "3", null], [3]),
        Rows("expectedValues", Integral, """{"list":["1.0",2]}""", ["1", "2", "3", null], [3]),
        Rows("expectedValues", Flag, """{"list":[true]}""", ["true", "false", null], [2]),
        Rows("expectedValues", Day, """{"list":["2024-01-01"]}""", ["2024-01-01", "2024-01-02", null], [2]),
        Rows("satisfiesExpression", Integral, """{"expression":"$0 > 1 AND $0 % 2 = 0"}""", ["2", "3", "0", null], [2, 3]) with { Fields = 0 },
        Rows("satisfiesExpression", Text, """{"expression":"upper(trim($0)) IN ('YES', 'NO')"}""", [" yes", "No", "maybe", null], [3]) with { Fields = 0 },
        Rows("satisfiesExpression", Time, """{"expression":"year($0) = 2024"}""", ["2024-12-31 23:59:59", "2025-01-01 00:00:00", null], [2]) with { Fields = 0 },
        Rows("satisfiesExpression", Flag, """{"expression":"$0"}""", ["true", "false", null], [2]) with { Fields = 0 },
        Rows("predictedBy", Fractional, """{"expression":"2 * id","tolerance":0.5}""", ["2.5", "4.6", null, "7.5"], [2]),
        Pair("notNull", Fractional, null, ["1", null, null], ["1", "1", null], [2, 3]) with { Fields = 2 },
        Pair("anyNotNull", Text, null, ["a", null, null], ["b", "b", null], [3]) with { Fields = 2 },
        Pair("equalTo", Integral, """{"value":1}""", ["1", "1", null, null], ["1", "2", "1", "2"], [2, 4]) with { Fields = 2 },
        Pair("equalToField", Fractional, """{"field_name":"$1"}""", ["1", "1", null, "1"], ["1", "2", "1", null], [2]),
        Pair("equalToField", Text, """{"field_name":"$1","string_comparator":{"ignore_whitespace":true}}""", [" a  b ", "a", null], ["a b", "b", "c"], [2]),
        Pair("equalToField", Time, """{"field_name":"$1","duration_comparator":{"millis":2000}}""", ["2024-01-01 00:00:01", "2024-01-01 00:00:03"], ["2024-01-01 00:00:00", "2024-01-01 00:00:00"], [2]),
        Pair("greaterThanField", Integral, """{"field_name":"$1"}""", ["2", "1", "0", null, "1"], ["1", "1", "1", "1", null], [2, 3]),
        Pair("greaterThanField", Day, """{"field_name":"$1","inclusive":true}""", ["2024-01-02", "2024-01-01", "2023-12-31"], ["2024-01-01", "2024-01-01", "2024-01-01"], [3]),
        Pair("lessThanField", Fractional, """{"field_name":"$1"}""", ["2", "1", "0", null], ["1", "1", "1", "1"], [1, 2]),
        Together("unique", Text, null, ["a", "b", null, null], true),
        Together("unique", Integral, null, ["1", "1", "3", "4"], false),
        Together("sum", Fractional, """{"value":0.3}""", ["0.1", "0.2", null], true),
        Together("sum", Integral, """{"value":7}""", ["1", "2", "3"], false),
        Together("distinctCount", Text, """{"value":2}""", ["a", "b", "a", null], true),
        Together("distinctCount", Text, """{"value":2,"comparison":"less than"}""", ["a", "b"], false),
        Together("requiredValues", Text, """{"list":["a","b"]}""", ["a", "b", null], true),
        Together("requiredValues", Integral, """{"list":["1.0",2,3]}""", ["1", "2"], false),
        Together("timeDistributionSize", Day, """{"interval_name":"Monthly","min_size":1,"max_size":2}""", ["2024-01-01", "2024-01-31", "2024-02-01", null], true),
        Together("timeDistributionSize", Time, """{"interval_name":"Monthly","min_size":1,"max_size":2}""", ["2024-01-01 00:00:00", "2024-03-31 23:59:59"], false),
        Together("metric", Integral, """{"comparison":"Absolute Value","min":5,"max":10}""", ["10"], true),
        Together("metric", Fractional, """{"comparison":"Absolute Value","min":5}""", ["4.5"], false),
    ];

    private static RuleCase Rows(string rule, ColumnKind kind, string? properties, string?[] values, int[] broken) => new(rule, [new(kind, values)], properties, broken, false);

    private static RuleCase Pair(string rule, ColumnKind kind, string? properties, string?[] values, string?[] others, int[] broken) =>
        new(rule, [new(kind, values), new(kind, others)], properties, broken, false);

    private static RuleCase Together(string rule, ColumnKind kind, string? properties, string?[] values, bool passes) => new(rule, [new(kind, values)], properties, null, passes);
}
