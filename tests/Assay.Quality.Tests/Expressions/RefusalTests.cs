using Assay.Quality.Expressions;
using Assay.Quality.Tests.Testing;

namespace Assay.Quality.Tests.Expressions;

public sealed class RefusalTests
{
    private static readonly ContainerField[] Fields = [new("amount", FieldType.Fractional), new("Name", FieldType.String), new("tags", FieldType.Array, FieldType.String)];

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("amount >", 8, "too early")]
    [InlineData("amount > 1 1", 11, "not expected")]
    [InlineData("(amount > 1", 11, "')' is expected")]
    [InlineData("amuont > 1", 0, "is 'amount' meant")]
    [InlineData("1 = 1; DROP TABLE x", 5, "statement")]
    [InlineData("DROP TABLE x", 0, "statement")]
    [InlineData("set max_threads = 1", 0, "statement")]
    [InlineData("select 1", 0, "statement")]
    [InlineData("amount > (SELECT max(amount) FROM other)", 34, "{{_qualytics_self}}")]
    [InlineData("amount IN (SELECT id FROM url('http://x'))", 26, "{{_qualytics_self}}")]
    [InlineData("exists (select 1 from x)", 0, "sub-query")]
    [InlineData("file('/etc/passwd') = ''", 0, "table function")]
    [InlineData("explode(tags) = 'a'", 0, "table function")]
    [InlineData("getSetting('x') = 1", 0, "not supported")]
    [InlineData("sleep(3) = 1", 0, "not supported")]
    [InlineData("uper(Name) = 'A'", 0, "is upper meant")]
    [InlineData("length() = 1", 0, "takes 1 arguments")]
    [InlineData("sum(amount) > 1", 0, "aggregate")]
    [InlineData("row_number() OVER (ORDER BY amount) = 1", 0, "Window functions")]
    [InlineData("amount > {{ limit }}", 9, "has no value")]
    [InlineData("Name = 'open", 7, "not closed")]
    [InlineData("Name RLIKE '(?=a)b'", 11, "look-around")]
    [InlineData("transform(tags, 1)", 16, "lambda")]
    [InlineData("CAST(Name AS money)", 13, "not a type")]
    [InlineData("amount = 1 -- comment\n ORDER BY 1", 23, "not expected")]
    [InlineData("amount[0] = 1", 7, "no elements")]
    [InlineData("amount ? 1", 7, "not expected")]
    [InlineData("`` = 1", 0, "name is empty")]
    [InlineData("_path = 'x'", 0, "not a field")]
    [InlineData("system.tables = 1", 0, "not a field")]
    public void Condition_Refused_PointsAtThePosition(string text, int position, string words)
    {
        var fault = SparkExpression.Condition(text, SparkExpression.Columns(Fields), SparkMeaningTests.Settings, "(t)").Fault.ShouldNotBeNull();
        fault.Message.ShouldContain(words);
        fault.Position.ShouldBe(position);
    }

    [Theory]
    [InlineData("AMOUNT > 1 and name is not null")]
    [InlineData("`Name` = 'x' OR `amount` IS NULL")]
    [InlineData("amount > (SELECT avg(amount) FROM {{_qualytics_self}} WHERE name != 'x')")]
    [InlineData("name IN (SELECT name FROM {{ _qualytics_self }} GROUP BY name HAVING count(*) > 1)")]
    [InlineData("exists(tags, t -> t LIKE 'a%') /* comment */ -- end")]
    [InlineData("name = 'DROP TABLE x; --'")]
    public void Condition_Fine_IsTranslated(string text) =>
        SparkExpression.Condition(text, SparkExpression.Columns(Fields), SparkMeaningTests.Settings, "(t)").Fault.ShouldBeNull();

    [Fact]
    public void Condition_Variable_IsSplicedIn()
    {
        var settings = SparkMeaningTests.Settings with { Variables = new Dictionary<string, string> { ["limit"] = "5 + 1", ["evil"] = "1; DROP TABLE x" } };
        SparkExpression.Condition("amount > {{limit}}", SparkExpression.Columns(Fields), settings).Fault.ShouldBeNull();
        SparkExpression.Condition("amount > {{ evil }}", SparkExpression.Columns(Fields), settings).Fault!.Position.ShouldBe(9);
    }

    [Fact]
    public void Condition_DeepNesting_IsRefusedAndDoesNotOverflow()
    {
        foreach (var text in new[] { new string('(', 20_000) + "1", string.Concat(Enumerable.Repeat("not ", 20_000)) + "true", new string('-', 1) + string.Concat(Enumerable.Repeat("- ", 20_000)) + "1" })
            SparkExpression.Condition(text, [], SparkMeaningTests.Settings).Fault.ShouldNotBeNull();
    }

    [Fact]
    public void Document_IsInStep() => Documents.ShouldBeInStep("expressions.md", ExpressionDocument.Write());
}
