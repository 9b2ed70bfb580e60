using Assay.Testing.Azure;
using Assay.Testing.S3;

namespace Assay.Sources.Tests.Reading;

/// <summary>The same reads from object stores.</summary>
public class StoreReadTests(EngineFixture fixture)
{
    private static readonly string[] OddKeys = ["o_1.csv", "o_a b+c%20.csv", "o_[x]{y}?*.csv", "o_ünï#.csv"];

    [Fact]
    public async Task Read_S3_GivesRowsOfOddKeysToo()
    {
        var server = await S3Server.SharedAsync();
        var bucket = server.CreateBucket();
        foreach (var (key, i) in OddKeys.Select((k, i) => (k, i))) server.Put(bucket, $"raw data/{key}", $"id,name\n{i},n\n");
        var s3 = fixture.Source("s3");
        var source = new ReadSource(fixture.Engine, s3, s3.Settings($"s3://{bucket}", S3Server.AccessKey, S3Server.SecretKey, new { endpoint = server.Endpoint }));
        (await source.RowsAsync("raw data/o_*.csv", r => r with { PartitionColumn = "p" })).ShouldBe(OddKeys.Select((k, i) => $"{i}|n|raw data/{k}"));
        (await source.RowsAsync("raw data/o_*.csv", r => r with { Partitions = ["raw data/o_ünï#.csv"], Columns = ["id"] })).ShouldBe(["3"]);
    }

    [Fact]
    public async Task Read_Azure_GivesRowsOfOddKeysToo()
    {
        var server = await AzureBlobServer.SharedAsync();
        var container = await server.CreateContainerAsync();
        foreach (var (key, i) in OddKeys.Select((k, i) => (k, i))) await server.PutAsync(container, $"raw data/{key}", $"id,name\n{i},n\n");
        var abfs = fixture.Source("abfs");
        var settings = abfs.Settings($"abfs://{container}@{AzureBlobServer.Account}.dfs.core.windows.net", AzureBlobServer.Account, AzureBlobServer.Key, new { endpoint = server.Endpoint });
        var source = new ReadSource(fixture.Engine, abfs, settings);
        (await source.RowsAsync("raw data/o_*.csv", r => r with { PartitionColumn = "p" })).ShouldBe(OddKeys.Select((k, i) => $"{i}|n|raw data/{k}"));
        (await source.RowsAsync("raw data/o_*.csv", r => r with { Partitions = ["raw data/o_1.csv"], Columns = ["id"] })).ShouldBe(["0"]);
    }
}
