using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Logging;

public sealed class RequestLogTests(AssayServer assay)
{
    [Theory]
    [InlineData("my-request.42")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    public async Task Answer_ToRequestWithId_CarriesThatId(string id) => (await IdOfAnswer(id)).ShouldBe(id);

    [Theory]
    [InlineData(null)]
    [InlineData("two words")]
    [InlineData("a\"b")]
    [InlineData("<script>")]
    public async Task Answer_ToRequestWithoutHarmlessId_CarriesNewOne(string? id) =>
        Guid.TryParseExact(await IdOfAnswer(id), "N", out _).ShouldBeTrue();

    [Fact]
    public async Task Answer_ToRequestWithOverlongId_CarriesNewOne() =>
        (await IdOfAnswer(new string('a', 129))).Length.ShouldBe(32);

    [Fact]
    public async Task Line_OfRequest_HoldsRouteStatusAndUserButNoQuery()
    {
        var id = Guid.NewGuid().ToString();
        await Send(assay.Admin, "/api/users?search=a-private-matter", id);

        var line = await LineOf(id);

        ((string?)line["Method"]).ShouldBe("GET");
        ((string?)line["Route"]).ShouldBe("/api/users");
        ((int)line["Status"]!).ShouldBe(200);
        ((long)line["User"]!).ShouldBe(1);
        ((double)line["Milliseconds"]!).ShouldBeGreaterThan(0);
        line.ToJsonString().ShouldNotContain("a-private-matter");
    }

    private async Task<string> IdOfAnswer(string? sent) =>
        (await Send(assay.ClientFor(null), "/api/nothing-here", sent)).Headers.GetValues("X-Request-Id").ShouldHaveSingleItem();

    private static async Task<HttpResponseMessage> Send(Api api, string path, string? id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (id is not null) request.Headers.TryAddWithoutValidation("X-Request-Id", id).ShouldBeTrue();
        return await api.Http.SendAsync(request);
    }

    // Lines reach the disk within a second or two.
    private async Task<JsonNode> LineOf(string id)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            foreach (var file in Directory.GetFiles(Path.Combine(assay.DataFolder, "logs")))
            {
                using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
                while (await reader.ReadLineAsync() is { } line)
                    if (line.EndsWith('}') && line.Contains(id)) return JsonNode.Parse(line)!;
            }
            await Task.Delay(100);
        }
        throw new Xunit.Sdk.XunitException($"No line with the id {id}");
    }
}
