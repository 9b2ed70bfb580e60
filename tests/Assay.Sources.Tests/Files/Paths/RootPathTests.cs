using Assay.Sources.Files.Paths;

namespace Assay.Sources.Tests.Files.Paths;

public class RootPathTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("/", "")]
    [InlineData("//", "")]
    [InlineData("raw", "raw/")]
    [InlineData("/raw/events/2026/", "raw/events/2026/")]
    [InlineData("raw/events", "raw/events/")]
    [InlineData(" /raw/ ", "raw/")]
    [InlineData("/a//b/", "a//b/")]
    [InlineData("/Zürich/データ/", "Zürich/データ/")]
    [InlineData("/with space/100% [x]*?/", "with space/100% [x]*?/")]
    [InlineData("/..hidden/a..b/", "..hidden/a..b/")]
    [InlineData("/%2e%2e/", "%2e%2e/")]
    public void Parse_UsablePath_SettlesOnlyTheOuterSlashes(string? text, string prefix)
    {
        var (root, problem) = RootPath.Parse(text);
        problem.ShouldBeNull();
        root!.Prefix.ShouldBe(prefix);
        root.Display.ShouldBe("/" + prefix);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/raw/../secret/")]
    [InlineData("/raw/..")]
    [InlineData("./raw")]
    [InlineData("/raw/\0/x")]
    [InlineData("/raw\n/x")]
    public void Parse_PathThatClimbsOrHidesCharacters_IsRefused(string text)
    {
        var (root, problem) = RootPath.Parse(text);
        root.ShouldBeNull();
        problem.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Parse_LongerThanAKey_IsRefused()
    {
        RootPath.Parse(new string('ä', 511)).Problem.ShouldBeNull();
        RootPath.Parse(new string('ä', 512)).Problem!.ShouldContain("1024 bytes");
    }

    [Fact]
    public void Under_UriWithPrefix_ComesFirst() =>
        RootPath.Parse("/b/").Root!.Under(RootPath.Parse("a").Root!).Prefix.ShouldBe("a/b/");
}
