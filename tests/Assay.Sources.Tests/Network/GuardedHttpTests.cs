using System.Net;
using System.Net.Sockets;
using System.Text;
using Assay.Sources.Network;

namespace Assay.Sources.Tests.Network;

public sealed class GuardedHttpTests
{
    [Fact]
    public async Task SendAsync_NameThatThePolicyPasses_ConnectsToTheCheckedAddress()
    {
        using var server = await OneAnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        using var client = ClientFor(new PolicyUnderTest(names: ("only.in.this.test", ["127.0.0.1"])));

        (await client.GetStringAsync($"http://only.in.this.test:{server.Port}/")).ShouldBe("ok");
        server.Request.ShouldContain("Host: only.in.this.test");
    }

    [Fact]
    public async Task SendAsync_RedirectToAMetadataAddress_IsRefused()
    {
        using var server = await OneAnswerAsync("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n");
        using var client = ClientFor(new PolicyUnderTest());

        var error = await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync($"http://127.0.0.1:{server.Port}/"));

        error.InnerException.ShouldBeOfType<SourceException>().Fault.Code.ShouldBe(SourceFaultCode.HostNotAllowed);
    }

    private static HttpClient ClientFor(PolicyUnderTest policy) => new(new GuardedHttp(policy.Policy).CreateHandler());

    private static Task<OneAnswer> OneAnswerAsync(string answer)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return Task.FromResult(new OneAnswer(listener, answer));
    }

    private sealed class OneAnswer : IDisposable
    {
        private readonly TcpListener listener;

        public OneAnswer(TcpListener listener, string answer)
        {
            this.listener = listener;
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
            _ = AnswerAsync(answer);
        }

        public int Port { get; }
        public string Request { get; private set; } = "";

        private async Task AnswerAsync(string answer)
        {
            using var client = await listener.AcceptTcpClientAsync();
            var buffer = new byte[4096];
            Request = Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        }

        public void Dispose() => listener.Dispose();
    }
}
