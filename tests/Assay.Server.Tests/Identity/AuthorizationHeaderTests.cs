using System.Net.Sockets;
using System.Text;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Identity;

public sealed class AuthorizationHeaderTests(AssayServer assay)
{
    public static TheoryData<string> HostileHeaders => new(
        "Authorization: ",
        "Authorization: Bearer",
        "Authorization: Bearer ",
        "Authorization: Basic YWRtaW46YWRtaW4=",
        "Authorization: Bearer not.a.token",
        "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        "Authorization: Bearer ' OR 1=1 --",
        "Authorization: Bearer {{7*7}}",
        "Authorization: Bearer \u00ff\u00fe\u0001",
        "Authorization: Bearer a\r\nAuthorization: Bearer b",
        "Authorization: Bearer " + new string('A', 5_000),
        "Authorization: Bearer " + new string('A', 100_000));

    [Theory, MemberData(nameof(HostileHeaders))]
    public async Task Request_WithAHostileHeader_IsRefusedWithoutAnError(string header)
    {
        var status = await StatusOf(header);

        status.ShouldBeOneOf(400, 401, 431);
    }

    [Fact]
    public async Task Request_WithTwoTokens_IsRefusedEvenIfOneIsGood()
    {
        var user = await assay.CreateUser();

        (await StatusOf($"Authorization: Bearer {user.Token}\r\nAuthorization: Bearer {user.Token}")).ShouldBe(401);
        (await StatusOf($"Authorization: Bearer {user.Token}")).ShouldBe(200);
        (await StatusOf($"authorization: bearer {user.Token}")).ShouldBe(200);
    }

    [Fact]
    public async Task Request_WithATamperedToken_Is401()
    {
        var user = await assay.CreateUser();
        var parts = user.Token.Split('.');

        (await assay.ClientFor($"{parts[0]}.{parts[1]}.{new string(parts[2].Reverse().ToArray())}").Get("/api/users/me")).Expect(401);
        (await assay.ClientFor($"{parts[0]}.{parts[1]}.").Get("/api/users/me")).Expect(401);
    }

    /// <summary>Sends the header lines as they are, past the client library's own checks.</summary>
    private async Task<int> StatusOf(string headers)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(assay.Url.Host, assay.Url.Port);
        await using var stream = socket.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET /api/users/me HTTP/1.1\r\nHost: {assay.Url.Authority}\r\nConnection: close\r\n{headers}\r\n\r\n"));
        }
        catch (IOException) { } // refused before all was sent; the answer says why
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var line = await reader.ReadLineAsync();
        return int.Parse(line!.Split(' ')[1]);
    }
}
