using Assay.Testing.ClickHouse;

namespace Assay.Engine.Tests;

/// <summary>The client on a ClickHouse server by its address: what the oldest one, Debian's, can run.</summary>
public sealed class ServerTests(ServerTests.Server server) : IClassFixture<ServerTests.Server>
{
    private const string Endless = "SELECT count() FROM system.numbers";

    [Fact]
    public async Task ExecuteAndInsertAndDownload_Server_RunAsOnTheChild()
    {
        await using var session = server.Connect();
        await session.Engine.ExecuteAsync("CREATE TABLE t (a Int64, b String) ENGINE = MergeTree ORDER BY a");

        await session.Engine.InsertAsync("INSERT INTO t (a, b) FORMAT TSV", async (stream, cancellation) =>
        {
            for (var i = 0; i < 100_000; i++)
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{i}\trow {i}\n"), cancellation);
        });

        (await TextAsync(session.Engine, "SELECT count(), sum(a), max(b) FROM t")).ShouldBe("100000\t4999950000\trow 99999\n");
        await session.Engine.ExecuteAsync("DROP TABLE t");
    }

    [Fact]
    public async Task DownloadAsync_OverTls_TrustsTheConfiguredAuthority()
    {
        await using var session = server.Connect(tls: true);

        (await TextAsync(session.Engine, "SELECT 1")).ShouldBe("1\n");
    }

    [Fact]
    public async Task ExecuteAsync_OverTlsWithoutTheAuthority_IsRefused()
    {
        await using var session = server.Connect(tls: true, adjust: options => options.CaFile = null);

        var error = await Should.ThrowAsync<EngineException>(() => session.Engine.ExecuteAsync("SELECT 1"));

        error.Fault.ShouldBe(EngineFault.EngineUnavailable);
    }

    [Theory]
    [InlineData("SELEC 1", EngineFault.Syntax)]
    [InlineData("SELECT * FROM no_such_table", EngineFault.UnknownTable)]
    [InlineData("SELECT no_such_column FROM system.one", EngineFault.UnknownColumn)]
    [InlineData("SELECT noSuchFunction()", EngineFault.Unsupported)]
    [InlineData("SELECT count() FROM system.numbers", EngineFault.Timeout)]
    [InlineData("SELECT groupArray(number) FROM system.numbers", EngineFault.MemoryLimit)]
    public async Task ExecuteAsync_WrongStatement_HasItsFault(string sql, EngineFault fault)
    {
        await using var session = server.Connect();

        var error = await Should.ThrowAsync<EngineException>(
            () => session.Engine.ExecuteAsync(new EngineQuery(sql).WithSetting("max_execution_time", 1).WithSetting("max_memory_usage", 10_000_000)));

        error.Fault.ShouldBe(fault, error.Message);
        error.Message.ShouldNotContain("DB::Exception");
    }

    [Theory]
    [InlineData(ClickHouseServer.User, "mistaken")]
    [InlineData("nobody", ClickHouseServer.Password)]
    public async Task ExecuteAsync_WrongCredentials_IsDeniedWithoutNamingThem(string user, string password)
    {
        await using var session = server.Connect(adjust: options => (options.User, options.Password) = (user, password));

        var error = await Should.ThrowAsync<EngineException>(() => session.Engine.ExecuteAsync("SELECT 1"));

        error.Fault.ShouldBe(EngineFault.AccessDenied);
        error.Message.ShouldNotContain(password);
    }

    [Fact]
    public async Task ExecuteAsync_Cancelled_StopsOnTheServer()
    {
        await using var session = server.Connect();
        var query = new EngineQuery(Endless);
        using var cancel = new CancellationTokenSource();
        var running = session.Engine.ExecuteAsync(query, cancel.Token);
        await Eventually.HoldsAsync(async () => await session.Engine.GetProgressAsync(query.Id) is { ReadRows: > 0 });

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
        await Eventually.HoldsAsync(async () => await session.Engine.GetProgressAsync(query.Id) is null);
    }

    [Fact]
    public async Task DownloadAsync_GivenUp_StopsOnTheServer()
    {
        await using var session = server.Connect();
        var query = new EngineQuery("SELECT number FROM system.numbers");
        await using (var stream = await session.Engine.DownloadAsync(query, "TSV"))
            (await stream.ReadAsync(new byte[10])).ShouldBeGreaterThan(0);

        await Eventually.HoldsAsync(async () => await session.Engine.GetProgressAsync(query.Id) is null);
    }

    [Fact]
    public async Task ExecuteAsync_NobodyThere_IsUnavailable()
    {
        await using var session = new EngineSession(options => options.Url = new Uri("http://127.0.0.1:1"));

        var error = await Should.ThrowAsync<EngineException>(() => session.Engine.ExecuteAsync("SELECT 1"));

        error.Fault.ShouldBe(EngineFault.EngineUnavailable);
        error.Message.ShouldContain("http://127.0.0.1:1");
    }

    [Fact]
    public async Task Cluster_OnlyAServerHasOne()
    {
        await using var session = new EngineSession(options => (options.Url, options.Cluster) = (new Uri("http://127.0.0.1:1"), "main"));
        await using var child = new EngineSession(options => options.Cluster = "main");

        session.Engine.Cluster.ShouldBe("main");
        child.Engine.Cluster.ShouldBeNull();
        session.Engine.ObjectFunction("s3", "{url:String}", "'CSV'").ShouldBe("s3Cluster('main', {url:String}, 'CSV')");
        child.Engine.ObjectFunction("s3", "{url:String}", "'CSV'").ShouldBe("s3({url:String}, 'CSV')");
    }

    private static async Task<string> TextAsync(IEngine engine, string sql)
    {
        await using var stream = await engine.DownloadAsync(sql, "TabSeparated");
        return await new StreamReader(stream).ReadToEndAsync();
    }

    public sealed class Server : IAsyncLifetime
    {
        private ClickHouseServer? _server;

        public async ValueTask InitializeAsync()
        {
            Assert.SkipUnless(ClickHouseServer.IsInstalled, "clickhouse-server is not installed.");
            _server = await ClickHouseServer.StartAsync();
        }

        public EngineSession Connect(bool tls = false, Action<EngineOptions>? adjust = null) => new(options =>
        {
            options.Url = new Uri(tls ? $"https://localhost:{_server!.HttpsPort}" : $"http://localhost:{_server!.HttpPort}");
            (options.User, options.Password) = (ClickHouseServer.User, ClickHouseServer.Password);
            options.CaFile = tls ? _server.CertificateFile : null;
            adjust?.Invoke(options);
        });

        public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
