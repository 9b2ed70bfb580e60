namespace Assay.Engine.Tests;

/// <summary>The whole test process runs under a heap limit of 200 MB: see the project file.</summary>
public sealed class StreamTests(SharedEngine shared)
{
    private readonly IEngine _engine = shared.Engine;

    [Fact]
    public async Task QueryAsync_ResultOf1Gigabyte_FitsIntoABudgetOf200Megabytes()
    {
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes.ShouldBeLessThanOrEqualTo(200L << 20);
        var (rows, bytes) = (0L, 0L);

        await foreach (var row in _engine.QueryAsync("SELECT number, repeat('x', 1000) AS text FROM numbers(1000000)"))
        {
            row.Get<long>(0).ShouldBe(rows++);
            bytes += ((string)row[1]!).Length;
        }

        (rows, bytes).ShouldBe((1_000_000, 1_000_000_000));
    }

    [Fact]
    public async Task InsertAsync_1GigabyteFromACallback_FitsIntoABudgetOf200Megabytes()
    {
        await _engine.ExecuteAsync("CREATE TABLE upload_big (n UInt64, text String) ENGINE = Null");
        var line = System.Text.Encoding.ASCII.GetBytes($"1\t{new string('x', 997)}\n");

        var summary = await _engine.InsertAsync("INSERT INTO upload_big FORMAT TSV", async (stream, cancellation) =>
        {
            for (var i = 0; i < 1_000_000; i++)
                await stream.WriteAsync(line, cancellation);
        });

        summary.WrittenRows.ShouldBe(1_000_000ul);
    }

    [Fact]
    public async Task OpenAsync_GivenUpAfterOneRow_StopsTheStatement()
    {
        var query = new EngineQuery("SELECT number FROM system.numbers");
        await using (var reader = await _engine.OpenAsync(query))
            (await reader.ReadAsync())!.Get<long>(0).ShouldBe(0);

        await Eventually.HoldsAsync(async () => await _engine.GetProgressAsync(query.Id) is null);
    }

    [Theory]
    [InlineData("JSONEachRow", "{\"n\":0}\n{\"n\":1}\n")]
    [InlineData("CSVWithNames", "\"n\"\n0\n1\n")]
    [InlineData("TSV", "0\n1\n")]
    public async Task DownloadAsync_Format_IsTheEnginesOwn(string format, string expected)
    {
        await using var stream = await _engine.DownloadAsync("SELECT toUInt8(number) AS n FROM numbers(2)", format);

        (await new StreamReader(stream).ReadToEndAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task DownloadAsync_ParquetOfManyBlocks_IsOneFile()
    {
        var path = Path.GetTempFileName();
        await using (var file = File.Create(path))
        await using (var stream = await _engine.DownloadAsync("SELECT number FROM numbers(3000000)", "Parquet"))
            await stream.CopyToAsync(file);

        var query = new EngineQuery("SELECT count(), sum(number) FROM file({path:String}, 'Parquet')").With("path", path);
        (await _engine.ListAsync(query))[0].Values.ShouldBe([3_000_000ul, 4_499_998_500_000ul]);
        File.Delete(path);
    }

    [Theory]
    [InlineData("SHOW DATABASES", "system")]
    [InlineData("DESCRIBE TABLE system.one", "dummy")]
    [InlineData("EXISTS TABLE system.one", "1")]
    [InlineData("EXPLAIN SELECT 1", "Expression")]
    [InlineData("WITH 5 AS five SELECT five -- and a comment", "5")]
    [InlineData("(SELECT 1) UNION ALL (SELECT 2);", "2")]
    [InlineData("SELECT 6 SETTINGS max_threads = 1", "6")]
    [InlineData("SHOW TABLES FROM system SETTINGS max_threads = 1", "numbers")]
    [InlineData("SELECT 'INTO OUTFILE; FORMAT CSV' /* FORMAT Null */", "INTO OUTFILE; FORMAT CSV")]
    public async Task DownloadAsync_EveryStatementWithAResult_GivesIt(string sql, string expected)
    {
        await using var stream = await _engine.DownloadAsync(sql, "TSVRaw");

        (await new StreamReader(stream).ReadToEndAsync()).ShouldContain(expected);
    }
}
