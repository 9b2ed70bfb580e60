using Assay.Sources.Files.Grouping;

namespace Assay.Sources.Tests.Files.Grouping;

public class GlobPatternTests
{
    [Theory]
    [InlineData("orders_*.csv", "orders_1.csv", true)]
    [InlineData("orders_*.csv", "orders_.csv", true)]
    [InlineData("orders_*.csv", "orders_1_2.csv", true)]
    [InlineData("orders_*.csv", "orders_1/2.csv", false)]
    [InlineData("orders_*.csv", "orders_1.csv.gz", false)]
    [InlineData("*_*.csv", "_.csv", true)]
    [InlineData("*_*.csv", "a.csv", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*b*c", "abbc", true)]
    [InlineData("dt=*/part-*.csv", "dt=1/part-2.csv", true)]
    [InlineData("dt=*/part-*.csv", "dt=1/x/part-2.csv", false)]
    [InlineData(@"a\*b", "a*b", true)]
    [InlineData(@"a\*b", "axb", false)]
    [InlineData("[x]", "x", false)]
    [InlineData("[x]", "[x]", true)]
    public void Matches_Name_AsPosixWouldButForBrackets(string pattern, string name, bool matches) =>
        new GlobPattern(pattern).Matches(name).ShouldBe(matches);

    [Theory]
    [InlineData(@"we*ird\name.csv")]
    [InlineData(@"\*")]
    public void Escape_AnyName_MatchesOnlyItself(string name)
    {
        var pattern = new GlobPattern(GlobPattern.Escape(name));
        pattern.IsLiteral.ShouldBeTrue();
        pattern.Matches(name).ShouldBeTrue();
    }
}
