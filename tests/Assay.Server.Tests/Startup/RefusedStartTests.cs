using System.Net;
using System.Net.Sockets;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Startup;

/// <summary>What stops a start is one clear line and an exit code that is not 0.</summary>
public sealed class RefusedStartTests
{
    [Fact]
    public async Task Start_OnPortInUse_SaysSoInOneLine()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        await ShouldRefuse($"127.0.0.1:{port}: address already in use", ("ASSAY_PORT", $"{port}"));
    }

    [Theory]
    [InlineData("/dev/null/data")]
    [InlineData("/proc/data")]
    public async Task Start_OnUnwritableFolder_SaysSoInOneLine(string folder) =>
        await ShouldRefuse($"ASSAY_DATA: the folder '{folder}' cannot be written", ("ASSAY_DATA", folder));

    [Theory]
    [InlineData("ASSAY_PORT", "eighty", "ASSAY_PORT: 'eighty' is not a whole number")]
    [InlineData("ASSAY_PORT", "70000", "ASSAY_PORT: The field Port must be between 0 and 65535")]
    [InlineData("ASSAY_HOST", "my.server", "ASSAY_HOST: must be an IP address or localhost")]
    [InlineData("ASSAY_ROLE", "boss", "ASSAY_ROLE: must be all, api or worker")]
    [InlineData("ASSAY_LOG_LEVEL", "loud", "ASSAY_LOG_LEVEL: 'loud' is not one of trace, debug, information, warning, error")]
    [InlineData("ASSAY_DATABASE", "mysql://root@localhost/assay", "ASSAY_DATABASE: expected")]
    [InlineData("ASSAY_DATABASE", "postgres://assay:hidden-word@127.0.0.1:1/assay", "The metadata store cannot be opened")]
    [InlineData("ASSAY_ENGINE_URL", "https://assay:hidden-word@clickhouse", "ASSAY_ENGINE_URL: not an http or https address")]
    [InlineData("ASSAY_ENGINE_MEMORY_MB", "100", "ASSAY_ENGINE_MEMORY_MB: The field EngineMemoryMb must be between 512")]
    [InlineData("ASSAY_ENGINE_CA_FILE", "/no/such/ca.pem", "The file of the engine's certificate authority does not exist")]
    [InlineData("ASSAY_ADMIN_TOKEN", "admin", "ASSAY_ADMIN_TOKEN: expected a token in JWT form")]
    public async Task Start_WithBadSetting_NamesItInOneLine(string name, string value, string expected)
    {
        var line = await ShouldRefuse(expected, (name, value));

        line.ShouldNotContain("hidden-word");
    }

    [Fact]
    public async Task Start_OnDatabaseOfSomethingElse_SaysSoInOneLine()
    {
        var folder = Directory.CreateTempSubdirectory("assay-no-database-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "assay.db"), new string('x', 5000));

        await ShouldRefuse("The metadata store cannot be opened", ("ASSAY_DATA", folder));

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> ShouldRefuse(string expected, (string Name, string Value) setting)
    {
        // A busy machine's warnings, such as of the server's own heartbeat, are no part of the refusal.
        await using var assay = AssayProcess.Start(("ASSAY_LOG_LEVEL", "error"), setting);

        var code = await assay.ExitAsync();

        var line = assay.Output.TrimEnd();
        line.ShouldStartWith("assay: ");
        line.ShouldContain(expected);
        line.Split('\n').ShouldHaveSingleItem();
        code.ShouldBe(1);
        return line;
    }
}
