using Assay.Quality.Expressions;
using Assay.Quality.Tests.Testing;

namespace Assay.Quality.Tests.Expressions;

/// <summary>
/// Values whose results are known from Spark's documentation of its built-in functions and of its NULL semantics. Each is run on the engine.
/// </summary>
public sealed class SparkMeaningTests(QualityEngine engine)
{
    internal static readonly ExpressionSettings Settings = new(new DateTimeOffset(2024, 3, 15, 10, 30, 0, TimeSpan.Zero));

    public static TheoryData<string, string?> Cases => [.. SparkCases.All.Select(c => new TheoryDataRow<string, string?>(c.Expression, c.Result))];

    /// <summary>The engine's comparisons give 0 and 1.</summary>
    private static string Shown(SparkExpression expression) => expression.Type.Kind == SqlKind.Boolean ? $"toString(toBool({expression.Sql}))" : $"toString({expression.Sql})";

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Translate_DocumentedExample_GivesSparksResult(string expression, string? result)
    {
        var translated = SparkExpression.Translate(expression, [], Settings, ExpressionMode.Row);
        translated.Fault.ShouldBeNull();
        (await engine.ScalarAsync($"SELECT {Shown(translated)}")).ShouldBe(result, translated.Sql);
    }

    [Theory]
    [InlineData("n / m", "0.5774647887323944")]
    [InlineData("round(n / m, 2)", "0.58")]
    [InlineData("n / 3", "6.833333333333333")]
    [InlineData("n % 1", "0.5")]
    [InlineData("mod(n, 3)", "2.5")]
    [InlineData("m div n", "1")]
    [InlineData("n / 0", null)]
    [InlineData("n + m", "56")]
    public async Task Translate_FractionalColumnsThatAreDecimalsInTheEngine_AreDividedAsNumbers(string expression, string? result)
    {
        var translated = SparkExpression.Translate(expression, [new("n", "n", SqlType.Of(FieldType.Fractional, null)), new("m", "m", SqlType.Of(FieldType.Fractional, null))], Settings);
        translated.Fault.ShouldBeNull();
        (await engine.ScalarAsync($"SELECT {Shown(translated)} FROM (SELECT toNullable(toDecimal64(20.5, 2)) AS n, toDecimal128(35.5, 1) AS m)")).ShouldBe(result, translated.Sql);
    }

    [Fact]
    public async Task Translate_ColumnsThatAreNull_GiveNullAndNoError()
    {
        ExpressionColumn[] columns = [new("s", "s", SqlType.String), new("i", "i", SqlType.Integer), new("d", "d", SqlType.Date), new("t", "t", SqlType.Timestamp), new("n", "n", SqlType.Decimal(10, 2))];
        foreach (var expression in (string[])[
            "upper(s)", "initcap(s)", "substring(s, i, 2)", "concat(s, 'x')", "lpad(s, 5)", "split_part(s, ',', 1)", "regexp_replace(s, 'a', 'b')", "regexp_extract(s, '(a)', 1)", "CAST(s AS INT)",
            "CAST(s AS DATE)", "CAST(s AS TIMESTAMP)", "CAST(s AS DECIMAL(10,2))", "CAST(n AS STRING)", "CAST(t AS STRING)", "n / 3", "n % 2", "n * i", "i div 2", "i / 0", "round(n, 1)", "round(i, -1)", "ceil(n)", "date_add(d, 1)",
            "datediff(d, t)", "add_months(d, i)", "months_between(t, d)", "date_trunc('MONTH', t)", "to_date(s, 'dd/MM/yyyy')", "date_format(t, 'yyyy')", "t + INTERVAL 1 DAY", "d - INTERVAL 1 MONTH", "s = i", "s < d", "n > s", "i BETWEEN s AND 5",
            "CASE WHEN i > 0 THEN s END", "nullif(s, 'x')", "greatest(i, n)", "md5(s)", "get_json_object(s, '$.a')", "factorial(i)", "levenshtein(s, 'x')", "next_day(d, 'MO')", "split(s, ',')[3]", "s LIKE 'a%'", "NOT (s IN ('a'))", "pmod(i, 3)"])
        {
            var translated = SparkExpression.Translate(expression, columns, Settings);
            translated.Fault.ShouldBeNull(expression);
            var value = await engine.ScalarAsync(
                $"SELECT {translated.Sql} FROM (SELECT materialize(NULL::Nullable(String)) AS s, materialize(NULL::Nullable(Int64)) AS i, materialize(NULL::Nullable(Date32)) AS d, "
                + "materialize(NULL::Nullable(DateTime64(6, 'UTC'))) AS t, materialize(NULL::Nullable(Decimal(10, 2))) AS n)");
            value.ShouldBeNull(expression);
        }
    }
}
