using Assay.Sources.Tests.Files;
using Assay.Sources.Tests.Gcs;
using Assay.Sources.Tests.Local;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Writing;
using Assay.Testing.Azure;
using Assay.Testing.S3;

namespace Assay.Sources.Tests.Writing;

/// <summary>Tables of Parquet files in every kind of store, read back as containers.</summary>
public sealed class FileWriteTests(EngineFixture fixture) : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private GcsStub? google;

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        if (google is not null) await google.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<ITableWriter> OpenAsync(FileSource source, ConnectionSettings settings) =>
        ((IWritable)source.Connector).OpenWriterAsync(new SourceTarget(settings, new SourceScope(RootPath: "/evi dence/")), Cancel);

    private async Task<(FileSource Source, ConnectionSettings Settings)> StoreAsync(string type)
    {
        var source = fixture.Source(type, folder.Path);
        switch (type)
        {
            case "s3":
                var server = await S3Server.SharedAsync();
                return (source, source.Settings($"s3://{server.CreateBucket()}", S3Server.AccessKey, S3Server.SecretKey, new { endpoint = server.Endpoint }));
            case "abfs":
                var azure = await AzureBlobServer.SharedAsync();
                return (source, source.Settings($"abfs://{await azure.CreateContainerAsync()}@{AzureBlobServer.Account}.dfs.core.windows.net", AzureBlobServer.Account, AzureBlobServer.Key, new { endpoint = azure.Endpoint }));
            case "gcs":
                google = await GcsStub.StartAsync();
                return (source, source.Settings($"gs://{GcsStub.Bucket}", null, google.AccountKey(), new { endpoint = google.Endpoint }));
            default:
                return (source, source.Settings(null));
        }
    }

    [Theory]
    [InlineData("local")]
    [InlineData("s3")]
    [InlineData("abfs")]
    [InlineData("gcs")]
    public async Task Append_Batches_AreOneContainerEachOnce(string type)
    {
        var (source, settings) = await StoreAsync(type);
        var table = WritingSamples.Table("_assay_failed_checks");
        await using (var writer = await OpenAsync(source, settings))
        {
            await writer.PrepareAsync(table, Cancel);
            (await writer.AppendAsync(table, "scan-1", WritingSamples.Given, Cancel)).ShouldBeTrue();
            (await writer.AppendAsync(table, "scan-1", WritingSamples.Given, Cancel)).ShouldBeFalse();
            (await writer.AppendAsync(table, "scan-2", WritingSamples.Numbers(fixture.Engine, 2, from: 5), Cancel)).ShouldBeTrue();
            await Should.ThrowAsync<InvalidOperationException>(() => writer.AppendAsync(table, "scan-3", WritingSamples.Broken, Cancel));
        }
        var reader = new ReadSource(fixture.Engine, source, settings);
        var container = await reader.ContainerAsync("evi dence/_assay_failed_checks/part-scan-*.parquet");
        container.Partitions.Count.ShouldBe(2);
        container.Fields.Select(f => f.Type).ShouldBe([FieldType.String, FieldType.Integral, FieldType.Fractional, FieldType.Fractional, FieldType.Boolean, FieldType.Date, FieldType.Timestamp]);
        (await reader.RowsAsync(container, r => r with { Columns = ["whole", "exact", "flag", "day", "at"] })).ShouldBe([
            "-9223372036854775808|1234567890123456.7891|True|1950-02-03|2024-02-29 10:34:56", "5|0.0000|True|1970-01-01|1970-01-01 00:00:00", "6|1.0000|False|1970-01-02|1970-01-01 00:00:01",
            "9223372036854775807|-0.0001|False|2100-12-31|1970-01-01 00:00:00", "NULL|NULL|NULL|NULL|NULL"]);
        (await reader.RowsAsync(container, r => r with { Columns = ["te\"xt'"] })).ShouldContain(WritingSamples.Rows[0][0] as string);
    }

    [Fact]
    public async Task Append_ColumnsThatCameLater_AreMissingInOlderRows()
    {
        var (source, settings) = await StoreAsync("s3");
        await using (var writer = await OpenAsync(source, settings))
        {
            await writer.AppendAsync(new TableShape("t", [new("a", TableType.Text)]), "x_1", RowBatch.Of([["old"]]), Cancel);
            await writer.AppendAsync(new TableShape("t", [new("b", TableType.Integral), new("a", TableType.Text)]), "x_2", RowBatch.Of([[2L, "new"]]), Cancel);
        }
        var reader = new ReadSource(fixture.Engine, source, settings);
        (await reader.RowsAsync("evi dence/t/part-x_*.parquet", r => r with { Columns = ["a", "b"] })).ShouldBe(["new|2", "old|NULL"]);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("s3")]
    public async Task ReplaceAndDrop_TouchOnlyTheTablesOwnFiles(string type)
    {
        var (source, settings) = await StoreAsync(type);
        await using var writer = await OpenAsync(source, settings);
        var table = WritingSamples.Table("t");
        await writer.AppendAsync(table, "a", WritingSamples.Given, Cancel);
        await writer.AppendAsync(WritingSamples.Table("tt"), "a", WritingSamples.Given, Cancel);
        await using (var store = new OpenStore(source, settings)) await store.Files.WriteAsync("evi dence/t/theirs.csv", () => new MemoryStream("id\n1\n"u8.ToArray()), Cancel);
        (await writer.ReplaceAsync(table, "b", WritingSamples.Numbers(fixture.Engine, 4), Cancel)).ShouldBeTrue();
        (await writer.ReplaceAsync(table, "b", WritingSamples.Numbers(fixture.Engine, 4), Cancel)).ShouldBeFalse();
        (await source.NamesAsync(settings)).ShouldBe(["evi dence/t/part-b.parquet", "evi dence/t/theirs.csv", "evi dence/tt/part-a.parquet"]);
        await writer.DropAsync("t", Cancel);
        await writer.DropAsync("t", Cancel);
        (await source.NamesAsync(settings)).ShouldBe(["evi dence/t/theirs.csv", "evi dence/tt/part-a.parquet"]);
    }

    [Fact]
    public async Task Append_HostileNames_StayInTheRoot()
    {
        var (source, settings) = await StoreAsync("local");
        await using var writer = await OpenAsync(source, settings);
        foreach (var name in new[] { "..", ".", "../../etc", WritingSamples.HostileName, ".hidden", "a/b" })
            (await writer.AppendAsync(WritingSamples.Table(name), name, WritingSamples.Given, Cancel)).ShouldBeTrue(name);
        var root = Path.Combine(folder.Path, "evi dence");
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBe([root]);
        Directory.EnumerateDirectories(root).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(4).ShouldBe(["%2E", "%2E.", "%2E.%2F..%2Fetc", "%2Ehidden"]);
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Count().ShouldBe(6);
    }
}
