namespace Assay.Engine.Tests;

public sealed class CancellationTests(SharedEngine shared)
{
    private const string Endless = "SELECT count() FROM numbers(10000000000) WHERE NOT ignore(sipHash64(number))";

    private readonly IEngine _engine = shared.Engine;

    [Fact]
    public async Task QueryAsync_CountOver10BillionRowsCancelled_StopsInTheEngine()
    {
        var query = new EngineQuery(Endless);
        using var cancel = new CancellationTokenSource();
        var running = _engine.ScalarAsync<long>(query, cancel.Token);
        await Eventually.HoldsAsync(async () => await _engine.GetProgressAsync(query.Id) is { ReadRows: > 0 });

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
        await Eventually.HoldsAsync(async () => await _engine.GetProgressAsync(query.Id) is null);
    }

    [Fact]
    public async Task KillAsync_RunningStatement_EndsItAsCancelled()
    {
        var query = new EngineQuery(Endless);
        var running = _engine.ScalarAsync<long>(query);
        await Eventually.HoldsAsync(async () => await _engine.GetProgressAsync(query.Id) is not null);

        await _engine.KillAsync(query.Id);

        (await Should.ThrowAsync<EngineException>(running)).Fault.ShouldBe(EngineFault.Cancelled);
    }

    [Fact]
    public async Task KillAsync_UnknownId_DoesNothing() => await _engine.KillAsync("no such statement");

    [Fact]
    public async Task WithTimeout_LongStatement_EndsAsTimeoutAndStops()
    {
        var query = new EngineQuery(Endless).WithTimeout(TimeSpan.FromMilliseconds(300));

        var error = await Should.ThrowAsync<EngineException>(() => _engine.ScalarAsync<long>(query));

        error.Fault.ShouldBe(EngineFault.Timeout);
        await Eventually.HoldsAsync(async () => await _engine.GetProgressAsync(query.Id) is null);
    }

    [Fact]
    public async Task WithTimeout_SlowReader_CountsItsTimeToo()
    {
        var query = new EngineQuery("SELECT number, repeat('x', 1000) FROM system.numbers").WithTimeout(TimeSpan.FromMilliseconds(500));

        var error = await Should.ThrowAsync<EngineException>(async () =>
        {
            await foreach (var _ in _engine.QueryAsync(query))
            {
            }
        });

        error.Fault.ShouldBe(EngineFault.Timeout);
    }

    [Fact]
    public async Task ReadAsync_TokenOfItsOwn_CancelsToo()
    {
        using var cancel = new CancellationTokenSource();
        await using var stream = await _engine.DownloadAsync("SELECT sleepEachRow(0.1), repeat('x', 300000) FROM numbers(1000) SETTINGS max_block_size = 1", "RowBinary");
        var buffer = new byte[1 << 20];
        _ = await stream.ReadAsync(buffer);
        cancel.CancelAfter(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            while (true)
                await stream.ReadExactlyAsync(buffer, cancel.Token);
        });
    }

    /// <summary>The HTTP client takes these for troubles of the connection.</summary>
    [Fact]
    public async Task InsertAsync_CallbackThrowsWhatTheConnectionCouldThrow_PassesItOnToo()
    {
        await _engine.ExecuteAsync("CREATE TABLE upload_failing (n Int32) ENGINE = MergeTree ORDER BY n");
        foreach (var own in new Exception[] { new IOException("the source broke"), new InvalidOperationException("the source broke"), new HttpRequestException("the source broke") })
        {
            var error = await Should.ThrowAsync<Exception>(() => _engine.InsertAsync("INSERT INTO upload_failing FORMAT TSV", async (stream, cancellation) =>
            {
                await stream.WriteAsync("1\n"u8.ToArray(), cancellation);
                throw own;
            }));
            error.ShouldBeSameAs(own);
        }
        (await _engine.ScalarAsync<long>("SELECT toInt64(count()) FROM upload_failing")).ShouldBe(0);
    }

    [Fact]
    public async Task InsertAsync_CallbackThrows_PassesItOnAndKeepsNothing()
    {
        await _engine.ExecuteAsync("CREATE TABLE upload_broken (a Int64) ENGINE = MergeTree ORDER BY a");

        var error = await Should.ThrowAsync<InvalidDataException>(() => _engine.InsertAsync("INSERT INTO upload_broken FORMAT TSV", async (stream, cancellation) =>
        {
            await stream.WriteAsync("1\n2\n3\n"u8.ToArray(), cancellation);
            throw new InvalidDataException("the source broke");
        }));

        error.Message.ShouldBe("the source broke");
        await Task.Delay(300);
        (await _engine.ScalarAsync<long>("SELECT count() FROM upload_broken")).ShouldBe(0);
    }

    [Fact]
    public async Task InsertAsync_CancelledMidway_KeepsNothing()
    {
        await _engine.ExecuteAsync("CREATE TABLE upload_cancelled (a Int64) ENGINE = MergeTree ORDER BY a");
        using var cancel = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => _engine.InsertAsync("INSERT INTO upload_cancelled FORMAT TSV", async (stream, cancellation) =>
        {
            await stream.WriteAsync("1\n2\n3\n"u8.ToArray(), cancellation);
            await stream.FlushAsync(cancellation);
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
        }, cancel.Token));

        await Task.Delay(300);
        (await _engine.ScalarAsync<long>("SELECT count() FROM upload_cancelled")).ShouldBe(0);
    }

    [Fact]
    public async Task InsertAsync_WrongTable_SaysSoAfterTheData()
    {
        var error = await Should.ThrowAsync<EngineException>(
            () => _engine.InsertAsync("INSERT INTO no_such_table FORMAT TSV", new MemoryStream(new byte[10_000_000])));

        error.Fault.ShouldBe(EngineFault.UnknownTable);
    }

    [Fact]
    public async Task InsertAsync_BadData_NamesTheRow()
    {
        await _engine.ExecuteAsync("CREATE TABLE upload_bad (a Int64) ENGINE = Memory");

        var error = await Should.ThrowAsync<EngineException>(
            () => _engine.InsertAsync("INSERT INTO upload_bad FORMAT TSV", new MemoryStream("1\nx\n"u8.ToArray())));

        error.Fault.ShouldBe(EngineFault.BadData);
        error.Message.ShouldContain("row 2");
        error.Message.ShouldNotContain("pipes");
    }

    [Fact]
    public async Task InsertAsync_NoData_InsertsNothing()
    {
        await _engine.ExecuteAsync("CREATE TABLE upload_empty (a Int64) ENGINE = Memory");

        (await _engine.InsertAsync("INSERT INTO upload_empty FORMAT TSV", Stream.Null)).WrittenRows.ShouldBe(0ul);
    }
}
