using System.Text.RegularExpressions;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.OpenApi;

/// <summary>The page of the API comes whole from this machine.</summary>
public sealed class DocsPageTests(AssayServer assay)
{
    [Fact]
    public async Task Page_LoadsNothingFromElsewhere()
    {
        using var response = await assay.ClientFor(null).Http.GetAsync("/api/docs");
        var page = await response.Content.ReadAsStringAsync();

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("http");
        var files = Regex.Matches(page, "(?:src|href)=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        files.Count.ShouldBe(4);
        foreach (var file in files)
        {
            file.ShouldStartWith("docs/");
            (await assay.ClientFor(null).Get($"/api/{file}")).Expect(200).Text.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("..%2fappsettings.json")]
    [InlineData("index.html%2f..%2f..%2fappsettings.json")]
    public async Task File_ThatIsNotOfThePage_Is404(string name) =>
        (await assay.ClientFor(null).Get($"/api/docs/{name}")).Expect(404).Detail.ShouldNotBeNull();
}
