using Assay.Sources.Files.Listing;

namespace Assay.Sources.Tests.Files.Listing;

public sealed class CommonFolderTests
{
    [Theory]
    [InlineData("", "a.csv")]
    [InlineData("in/2026/", "in/2026/a.csv")]
    [InlineData("in/", "in/a_*.csv", "in/2026/b.csv")]
    [InlineData("in/", "in/2026/a.csv", "in/2025/b.csv")]
    [InlineData("sales/", "sales/dt=*/*.parquet")]
    [InlineData("a/", @"a/b\*c/d.csv")]
    [InlineData("", "in/a.csv", "b.csv")]
    [InlineData("", "inner/a.csv", "in/a.csv")]
    public void Of_Patterns_IsTheInnermostFolderOfAll(string folder, params string[] patterns) =>
        CommonFolder.Of(patterns.ToHashSet()).ShouldBe(folder);

    [Fact]
    public void Of_AllContainers_IsTheRoot() => CommonFolder.Of(null).ShouldBe("");
}
