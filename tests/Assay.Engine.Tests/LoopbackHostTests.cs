using System.Diagnostics;
using Assay.Engine.Supervision;

namespace Assay.Engine.Tests;

/// <summary>The client on a server of today by its address and password: an engine host of its own, on a loopback port.</summary>
public sealed class LoopbackHostTests(LoopbackHostTests.Host host) : IClassFixture<LoopbackHostTests.Host>
{
    [Fact]
    public async Task QueryAsync_TypedRowsAndValues_ComeAsFromTheChild()
    {
        await using var session = host.Connect();

        var row = (await session.Engine.ListAsync(new EngineQuery(
            "SELECT {text:String} AS text, toDateTime('2024-07-01 12:00:00') AS time, timezone() AS zone, CAST('{\"a\":1}' AS JSON) AS json")
            .With("text", "it's")))[0];

        row.Values.ShouldBe(["it's", new DateTimeOffset(2024, 7, 1, 12, 0, 0, TimeSpan.Zero), "UTC", "{\"a\":1}"]);
    }

    [Fact]
    public async Task InsertAsync_WithValues_Works()
    {
        await using var session = host.Connect();
        await session.Engine.ExecuteAsync("CREATE TABLE t (a Int64) ENGINE = Memory");

        await session.Engine.InsertAsync(new EngineQuery("INSERT INTO {table:Identifier} FORMAT CSV").With("table", "t"), new MemoryStream("1\n2\n"u8.ToArray()));

        (await session.Engine.ScalarAsync<long>("SELECT sum(a) FROM t")).ShouldBe(3);
    }

    [Fact]
    public async Task QueryAsync_WrongPassword_IsDenied()
    {
        await using var session = host.Connect("wrong");

        (await Should.ThrowAsync<EngineException>(() => session.Engine.ListAsync("SELECT 1"))).Fault.ShouldBe(EngineFault.AccessDenied);
    }

    public sealed class Host : IAsyncLifetime
    {
        private readonly string _secret = Guid.NewGuid().ToString("n");
        private readonly DirectoryInfo _temp = Directory.CreateTempSubdirectory("assay-loopback-");
        private Process _process = null!;
        private string _port = "";

        public async ValueTask InitializeAsync()
        {
            var options = new EngineOptions();
            _process = Process.Start(new ProcessStartInfo(EngineFiles.FindHost(options),
                [$"--library={EngineFiles.FindLibrary(options)}", $"--temp={_temp.FullName}", "--memory=1000000000", "--loopback"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            await _process.StandardInput.WriteLineAsync(_secret);
            _port = (await _process.StandardOutput.ReadLineAsync())!["READY ".Length..];
        }

        public EngineSession Connect(string? password = null) => new(options =>
        {
            options.Url = new Uri($"http://127.0.0.1:{_port}");
            options.Password = password ?? _secret;
        });

        public async ValueTask DisposeAsync()
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _temp.Delete(recursive: true);
        }
    }
}
