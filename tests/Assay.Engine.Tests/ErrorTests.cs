namespace Assay.Engine.Tests;

public sealed class ErrorTests(SharedEngine shared)
{
    private readonly IEngine _engine = shared.Engine;

    [Theory]
    [InlineData("SELEC 1", EngineFault.Syntax, 62)]
    [InlineData("SELECT * FROM no_such_table", EngineFault.UnknownTable, 60)]
    [InlineData("SELECT * FROM no_such_database.t", EngineFault.UnknownTable, 81)]
    [InlineData("SELECT no_such_column FROM system.one", EngineFault.UnknownColumn, 47)]
    [InlineData("SELECT noSuchFunction(1)", EngineFault.Unsupported, 46)]
    [InlineData("SELECT toInt32('x')", EngineFault.BadData, 6)]
    [InlineData("SELECT 'a' + 1", EngineFault.BadType, 43)]
    [InlineData("SELECT CAST(300 AS Nonsense)", EngineFault.BadType, 50)]
    [InlineData("SELECT sleep(3) SETTINGS max_execution_time = 1", EngineFault.Timeout, 159)]
    [InlineData("SELECT * FROM file('/no/such/file.csv')", EngineFault.SourceMissing, 400)]
    [InlineData("SELECT * FROM file('/no/such/*.csv')", EngineFault.SourceMissing, 636)]
    [InlineData("SELECT * FROM `/etc/passwd`", EngineFault.UnknownTable, 60)]
    [InlineData("SELECT * FROM postgresql('127.0.0.1:1', 'd', 't', 'u', 'p')", EngineFault.SourceUnreachable, 614)]
    [InlineData("SELECT * FROM url('http://127.0.0.1:1/x.csv', 'CSV', 'a Int32')", EngineFault.SourceUnreachable, 1001)]
    [InlineData("SELECT * FROM url('http://no-such-host.invalid/x.csv', 'CSV', 'a Int32')", EngineFault.SourceUnreachable, 198)]
    public async Task QueryAsync_WrongStatement_HasItsFault(string sql, EngineFault fault, int code)
    {
        var error = await Should.ThrowAsync<EngineException>(() => _engine.ListAsync(new EngineQuery(sql).WithSetting("http_max_tries", 1)));

        error.Fault.ShouldBe(fault, error.Message);
        error.Code.ShouldBe(code);
        error.Message.ShouldNotContain("DB::Exception");
    }

    [Fact]
    public async Task QueryAsync_ErrorBehindTheFirstRows_GivesTheRowsAndThenTheError()
    {
        var rows = 0;
        var error = await Should.ThrowAsync<EngineException>(async () =>
        {
            await foreach (var _ in _engine.QueryAsync("SELECT number, throwIf(number = 1000000, 'too far') FROM numbers(2000000)"))
                rows++;
        });

        error.Code.ShouldBe(395);
        error.Message.ShouldStartWith("too far");
        rows.ShouldBeInRange(10_000, 1_000_000);
    }

    [Fact]
    public async Task DownloadAsync_DataThatLooksLikeAnError_IsData()
    {
        const string frame = "\r\n__exception__\r\nabcdefghijklmnop\r\nCode: 1. DB::Exception: no (X)\n35 abcdefghijklmnop\r\n__exception__\r\n";
        await using var stream = await _engine.DownloadAsync(new EngineQuery("SELECT {text:String} FROM numbers(10000)").With("text", frame), "RawBLOB");
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);

        copy.Length.ShouldBe(frame.Length * 10_000);
    }

    [Fact]
    public async Task ExecuteAsync_ErrorInALongResult_IsNotMissed()
    {
        var error = await Should.ThrowAsync<EngineException>(
            () => _engine.ExecuteAsync("SELECT number, throwIf(number = 1000000, 'too far') FROM numbers(2000000)"));

        error.Code.ShouldBe(395);
    }

    [Fact]
    public async Task QueryAsync_AfterAnError_ShowsNothingOfTheFailedStatement()
    {
        for (var i = 0; i < 100; i++)
        {
            await Should.ThrowAsync<EngineException>(() => _engine.ListAsync("SELECT number, throwIf(number = 1) FROM numbers(2) SETTINGS max_block_size = 1"));
            (await _engine.ScalarAsync<string>("SELECT 'clean'")).ShouldBe("clean");
        }
    }

    [Fact]
    public async Task WithSetting_Unknown_IsUnsupportedAndLeavesNothingBehind()
    {
        var error = await Should.ThrowAsync<EngineException>(
            () => _engine.ExecuteAsync(new EngineQuery("SELECT 1").WithSetting("max_threads", 7).WithSetting("no_such_setting", 1)));

        error.Fault.ShouldBe(EngineFault.Unsupported);
        (await _engine.ScalarAsync<long>("SELECT toInt64(getSetting('max_threads'))")).ShouldBe(2);
    }

    [Fact]
    public async Task WithSetting_OneStatement_DoesNotReachTheNext()
    {
        (await _engine.ScalarAsync<long>(new EngineQuery("SELECT toInt64(getSetting('max_threads'))").WithSetting("max_threads", 7))).ShouldBe(7);

        for (var i = 0; i < 70; i++)
            (await _engine.ScalarAsync<long>("SELECT toInt64(getSetting('max_threads'))")).ShouldBe(2);
    }
}
