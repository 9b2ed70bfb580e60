using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;

namespace Assay.Server.Tests.Secrets;

/// <summary>Master keys over the life of an installation, with the executable itself on its own data folder.</summary>
public sealed class MasterKeyTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-keys-").FullName;
    private PostgresRole role = null!;

    public async ValueTask InitializeAsync() => role = await (await PostgresServer.SharedAsync()).CreateReaderAsync();

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Start_WithoutTheRightMasterKey_IsRefusedInOneLine()
    {
        await using (var first = Server()) await first.ReadyAsync();
        var key = await File.ReadAllTextAsync(KeyFile);

        await ShouldRefuse("which is not in ASSAY_MASTER_KEY", ("ASSAY_MASTER_KEY", NewKey()));
        await ShouldRefuse("ASSAY_MASTER_KEY: expected base64 of 32 bytes", ("ASSAY_MASTER_KEY", "c2hvcnQ="));
        File.SetUnixFileMode(KeyFile, (UnixFileMode)0b110_100_100);
        await ShouldRefuse("chmod 600");
        File.Delete(KeyFile);
        await ShouldRefuse("restore that key");
        File.Exists(KeyFile).ShouldBeFalse();

        await using var given = Server(("ASSAY_MASTER_KEY", key.Trim()));
        await given.ReadyAsync();
    }

    [Fact]
    public async Task RotateKey_WithKeysFromTheEnvironment_NeedsTheNewOneFirst()
    {
        var (old, fresh) = (NewKey(), NewKey());
        long id;
        await using (var first = Server(("ASSAY_MASTER_KEY", old))) id = await CreateConnection(await first.ReadyAsync());

        (await Rotate(("ASSAY_MASTER_KEY", old))).ShouldBe((1, "assay: ASSAY_MASTER_KEY holds one key. Put the new one before it (ASSAY_MASTER_KEY=new,old), restart every node with that, then rotate."));
        (await Rotate(("ASSAY_MASTER_KEY", $"{fresh},{old}"))).Code.ShouldBe(0);

        await using var after = Server(("ASSAY_MASTER_KEY", fresh));
        await ShouldConnect(await after.ReadyAsync(), id);
        File.Exists(KeyFile).ShouldBeFalse();
    }

    [Fact]
    public async Task RotateKey_KilledAtAnyMoment_LosesNothing()
    {
        long id;
        await using (var first = Server()) id = await CreateConnection(await first.ReadyAsync());

        foreach (var milliseconds in new[] { 0, 50, 200 })
        {
            var before = await File.ReadAllTextAsync(KeyFile);
            await using var rotation = AssayProcess.Run(["rotate-key", "--master"], ("ASSAY_DATA", folder));
            // The new master key is the first thing that it writes.
            using var patience = new CancellationTokenSource(AssayProcess.Patience);
            while (await File.ReadAllTextAsync(KeyFile) == before) await Task.Delay(1, patience.Token);
            await Task.Delay(milliseconds);
            await rotation.SignalAsync("KILL");
            await rotation.ExitAsync();
        }

        (await Rotate()).Code.ShouldBe(0);
        await using var after = Server();
        await ShouldConnect(await after.ReadyAsync(), id);
        (await File.ReadAllLinesAsync(KeyFile)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Command_ThatDoesNotExist_IsRefused()
    {
        await using var assay = AssayProcess.Run(["rotate-keys"]);

        (await assay.ExitAsync()).ShouldBe(2);
        assay.Output.ShouldContain("'rotate-keys' is no command");
    }

    private string KeyFile => Path.Combine(folder, "master.key");

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private AssayProcess Server(params (string Name, string Value)[] settings) => AssayProcess.Start([("ASSAY_DATA", folder), .. settings]);

    private async Task<(int Code, string Output)> Rotate(params (string Name, string Value)[] settings)
    {
        await using var rotation = AssayProcess.Run(["rotate-key", "--master"], [("ASSAY_DATA", folder), .. settings]);
        return (await rotation.ExitAsync(), rotation.Output.Trim());
    }

    private async Task ShouldRefuse(string expected, params (string Name, string Value)[] settings)
    {
        await using var assay = Server(settings);

        (await assay.ExitAsync()).ShouldBe(1);
        var line = assay.Output.Trim();
        line.ShouldStartWith("assay: ");
        line.ShouldContain(expected);
        line.ShouldNotContain("\n");
    }

    private async Task<long> CreateConnection(Uri url) =>
        (await (await Admin(url)).Post("/api/connections", await TestSources.PostgresConnection(role))).Expect(200).Id;

    private async Task ShouldConnect(Uri url, long id) => (await (await Admin(url)).Post($"/api/connections/{id}/test", new JsonObject())).Expect(204);

    private async Task<Api> Admin(Uri url)
    {
        var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await File.ReadAllTextAsync(Path.Combine(folder, "admin.token")));
        return new Api(http);
    }
}
