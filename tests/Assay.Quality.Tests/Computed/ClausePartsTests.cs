using Assay.Quality.Computed;

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
    public void List_IsCutAtItsCommas(string clause, string expected) =>
        string.Join("|", ClauseParts.Split(clause).Select(p => $"{p.Expression}={p.Name}")).ShouldBe(expected);
}
