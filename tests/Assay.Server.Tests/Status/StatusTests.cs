using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Status;

public sealed class StatusTests(AssayServer assay)
{
    [Fact]
    public async Task Health_WithoutToken_IsExactly204AndEmpty()
    {
        var answer = await assay.ClientFor(null).Get("/api/health");

        answer.Expect(204).Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task Status_WithoutToken_SaysOkForBothConnections()
    {
        var answer = await assay.ClientFor(null).Get("/api/status");

        answer.Expect(200);
        ((string?)answer.Json["database_connection"]).ShouldBe("OK");
        ((string?)answer.Json["rabbitmq_connection"]).ShouldBe("OK");
    }

    [Theory]
    [InlineData("GET", "/api/nothing-here", 404)]
    [InlineData("POST", "/api/health", 405)]
    public async Task Refusal_ByTheFramework_IsJson(string method, string path, int status)
    {
        var answer = await assay.Admin.Send(new HttpMethod(method), path);

        answer.Expect(status).Detail.ShouldNotBeNullOrEmpty();
    }
}
