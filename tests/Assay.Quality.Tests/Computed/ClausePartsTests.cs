using Assay.Quality.Computed;
using Assay.Quality.Expressions;

namespace Assay.Quality.Tests.Computed;

public sealed class ClausePartsTests
{
    [Theory]
    [InlineData("a", "a=a")]
    [InlineData("a, b AS c", "a=a|b=c")]
    [InlineData("concat(a, ', as b') AS `x y`, `odd name`", "concat(a, ', as b')=x y|`odd name`=odd name")]
    [InlineData("sum(a)", "sum(a)=sum(a)")]
    [InlineData("cast(a as int) as n", "cast(a as int)=n")]
    [InlineData("cast(a as int)", "cast(a as int)=cast(a as int)")]
    [InlineData("*", "*=*")]
    [InlineData("alias", "alias=alias")]
    [InlineData("amount * 2 doubled, sum(a) total", "amount * 2=doubled|sum(a)=total")]
    [InlineData("a b", "a=b")]
    [InlineData("count(*) `how many`", "count(*)=how many")]
    [InlineData("case when a then 1 end flag", "case when a then 1 end=flag")]
    [InlineData("case when a then 1 end", "case when a then 1 end=case when a then 1 end")]
    [InlineData("a is null", "a is null=a is null")]
    [InlineData("a is null missing", "a is null=missing")]
    [InlineData("a between 1 and b", "a between 1 and b=a between 1 and b")]
    [InlineData("a between 1 and b c", "a between 1 and b=c")]
    [InlineData("cast(a as int) n", "cast(a as int)=n")]
    [InlineData("interval 3 day", "interval 3 day=interval 3 day")]
    [InlineData("'text' t", "'text'=t")]
    [InlineData("a.b", "a.b=a.b")]
    // Nothing of these is a name without doubt; they stay whole, so that what is wrong is told.
    [InlineData("a b c", "a b c=a b c")]
    [InlineData("a * b", "a * b=a * b")]
    [InlineData("a * from", "a * from=a * from")]
    [InlineData("a from", "a from=a from")]
    [InlineData("distinct a", "distinct a=distinct a")]
    [InlineData("drop t", "drop t=drop t")]
    [InlineData("* a", "* a=* a")]
    [InlineData("a 2b", "a 2b=a 2b")]
    [InlineData("a + ) b", "a + ) b=a + ) b")]
    public void List_IsCutAtItsCommas(string clause, string expected) =>
        string.Join("|", ClauseParts.Split(clause, new ExpressionSettings(DateTimeOffset.UnixEpoch)).Select(p => $"{p.Expression}={p.Name}")).ShouldBe(expected);
}
