using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Http;

/// <summary>Requests as no polite client sends them: the right status, and a JSON body.</summary>
public sealed class HttpEdgeTests(AssayServer assay)
{
    [Theory]
    [InlineData("GET", "/api/nothing-here", 404)]
    [InlineData("GET", "/nothing-here", 404)]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/api/../../etc/passwd", 404)]
    [InlineData("GET", "/api/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("GET", "/api/users/0", 422)]
    [InlineData("GET", "/api/users/-1", 422)]
    [InlineData("GET", "/api/users/99999999999999999999", 422)]
    [InlineData("GET", "/api/users/9223372036854775807", 404)]
    [InlineData("GET", "/api/global-tags/%FF%FE", 404)]
    [InlineData("GET", "/api/global-tags/'%20OR%201=1%20--", 404)]
    [InlineData("GET", "/api/users?page=%00", 422)]
    [InlineData("GET", "/api/users?page=99999999999999999999", 422)]
    [InlineData("GET", "/api/users?page=2147483647&size=100", 200)]
    [InlineData("POST", "/api/health", 405)]
    [InlineData("DELETE", "/api/users", 405)]
    [InlineData("TRACE", "/api/users", 405)]
    [InlineData("NONSENSE", "/api/users", 405)]
    public async Task Request_WithOddTarget_IsAnsweredInJson(string method, string path, int status)
    {
        var answer = await Raw($"{method} {path} HTTP/1.1\r\nHost: assay\r\nAuthorization: Bearer {Token}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain("Content-Type: application/json");
        if (status >= 400) answer.ShouldContain("\"detail\":");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{'name': 1}")]
    [InlineData("\uFEFF{} trailing")]
    [InlineData("{\"name\": \"a\",}")]
    [InlineData("nonsense")]
    public async Task Post_WithMalformedJson_Is422(string body)
    {
        var answer = await Post(body);

        answer.Expect(422);
        ((string?)answer.Json["detail"]![0]!["type"]).ShouldBe("json_invalid");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"name\": null}")]
    [InlineData("{\"name\": {\"deep\": []}}")]
    [InlineData("{\"name\": \"a\\u0000b\"}")]
    [InlineData("{\"name\": \"\\ud800\"}")]
    public async Task Post_WithJsonOfWrongShape_Is422(string body) => (await Post(body)).Expect(422).Json["detail"]!.AsArray().ShouldNotBeEmpty();

    [Fact]
    public async Task Post_WithEndlesslyNestedJson_Is422() => (await Post(new string('[', 100_000))).Expect(422);

    [Fact]
    public async Task Post_WithInvalidUtf8_Is422()
    {
        var content = new ByteArrayContent([.. "{\"name\": \""u8, 0xff, 0xfe, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await assay.Admin.SendRaw(HttpMethod.Post, "/api/user-tokens", content)).Expect(422);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("application/xml")]
    public async Task Post_WithOtherContentType_Is415(string type) =>
        (await Post("{\"name\": \"a\"}", type)).Expect(415).Detail.ShouldNotBeNullOrEmpty();

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    [InlineData("application/vnd.assay+json")]
    public async Task Post_WithJsonContentType_IsRead(string type) =>
        ((string?)(await Post("{}", type)).Expect(422).Json["detail"]![0]!["type"]).ShouldBe("missing");

    [Fact]
    public async Task Post_WithBodyOver20Megabytes_Is413()
    {
        var answer = await Post($"{{\"name\": \"{new string('a', 21 * 1024 * 1024)}\"}}");

        answer.Expect(413).Detail!.ShouldContain("20 MB");
    }

    [Fact]
    public async Task Post_WithBodyOf19Megabytes_IsRead() =>
        ((string?)(await Post($"{{\"name\": \"{new string('a', 19 * 1024 * 1024)}\"}}")).Expect(422).Json["detail"]![0]!["type"]).ShouldBe("string_too_long");

    [Fact]
    public async Task Post_WithEmptyChunkedBody_IsTakenAsWithoutBody()
    {
        var answer = await Raw($"POST /api/user-tokens HTTP/1.1\r\nHost: assay\r\nAuthorization: Bearer {Token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 422 ");
        answer.ShouldContain("\"missing\"");
    }

    [Theory]
    [InlineData("/api/health", 204)]
    [InlineData("/api/status", 200)]
    [InlineData("/api/nothing-here", 404)]
    public async Task Head_OfAnyRoute_IsGetWithoutBody(string path, int status) =>
        (await assay.Admin.Send(HttpMethod.Head, path)).Expect(status).Text.ShouldBeEmpty();

    [Theory]
    [InlineData("/api/%ZZ", 404)]
    [InlineData("/api/datastores/%", 422)]
    public async Task Path_WithABrokenEscape_IsAnsweredInJson(string target, int status)
    {
        var answer = await RawGet(target);

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain("application/json");
        answer.ShouldContain("\"detail\":");
    }

    /// <summary>Kestrel refuses it while it reads the request line, before anything of ours runs, and sends no body.</summary>
    [Fact]
    public async Task Path_WithANul_IsRefusedByTheServerItself() => (await RawGet("/api/datastores/%00")).ShouldStartWith("HTTP/1.1 400 ");

    [Fact]
    public async Task Answer_OfTheApi_CannotBeSniffedFramedOrStored()
    {
        using var response = await assay.ClientFor(null).Http.GetAsync("/api/status");

        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        response.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; frame-ancestors 'none'"]);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    private string Token => assay.Admin.Http.DefaultRequestHeaders.Authorization!.Parameter!;

    private Task<Answer> Post(string body, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return assay.Admin.SendRaw(HttpMethod.Post, "/api/user-tokens", content);
    }

    private Task<string> RawGet(string target) =>
        Raw($"GET {target} HTTP/1.1\r\nHost: assay\r\nAuthorization: Bearer {Token}\r\nConnection: close\r\n\r\n");

    // HttpClient would tidy these targets up.
    private async Task<string> Raw(string request)
    {
        using var client = new TcpClient(assay.Url.Host, assay.Url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        return await new StreamReader(stream).ReadToEndAsync();
    }
}
