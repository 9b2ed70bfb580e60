using System.Net.Sockets;
using System.Text;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Startup;

/// <summary>A stop lets requests finish and exits 0.</summary>
public sealed class StopTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Stop_BySignal_ExitsWithZero(string signal)
    {
        await using var assay = AssayProcess.Start();
        await assay.ReadyAsync();

        await assay.SignalAsync(signal);

        (await assay.ExitAsync()).ShouldBe(0, assay.Output);
    }

    [Fact]
    public async Task Stop_WithRequestUnderWay_AnswersItFirst()
    {
        await using var assay = AssayProcess.Start();
        var url = await assay.ReadyAsync();
        var token = await File.ReadAllTextAsync(Path.Combine(assay.DataFolder, "admin.token"));
        using var client = new TcpClient(url.Host, url.Port);
        await using var stream = client.GetStream();
        // A body whose second half comes only after the signal.
        await Send(stream, $"POST /api/user-tokens HTTP/1.1\r\nHost: assay\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 19\r\n\r\n{{\"type\":");
        await Task.Delay(300);

        await assay.SignalAsync("TERM");
        await Task.Delay(300);
        await Send(stream, "\"no such\" }");

        var answer = await new StreamReader(stream).ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 422");
        (await assay.ExitAsync()).ShouldBe(0, assay.Output);
    }

    private static async Task Send(NetworkStream stream, string text)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        await stream.FlushAsync();
    }
}
