using Assay.Engine;
using Assay.Sources.Reading;
using Assay.Sources.Tests.Abfs;
using Assay.Sources.Tests.Files;
using Assay.Sources.Tests.Gcs;
using Assay.Sources.Tests.Reading.Lakes;
using Assay.Testing.Azure;
using Assay.Testing.S3;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Reading;

/// <summary>
/// What a ClickHouse server is told: addresses and credentials, since it cannot reach the gateway. The built-in engine runs the
/// statements in its stead.
/// </summary>
public sealed class DirectReadTests(EngineFixture fixture)
{
    private const string Secret = "very-s3cret-key";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FileSource Source(string type) => new(type, options => options.FilesRoot = Path.GetTempPath(), OnAServer);

    private void OnAServer(IServiceCollection services)
    {
        services.AddSingleton(fixture.Engine);
        services.Configure<EngineOptions>(options => options.Url = new Uri("http://clickhouse.example.com:8123"));
    }

    private static async Task<(FileSource, ConnectionSettings)> S3Async(FileSource s3, string key = "raw data/x_[1]+ü.csv", byte[]? content = null)
    {
        var server = await S3Server.SharedAsync();
        var bucket = server.CreateBucket();
        server.Put(bucket, key, content ?? "id\n1\n"u8.ToArray());
        return (s3, s3.Settings($"s3://{bucket}", S3Server.AccessKey, Secret, new { endpoint = server.Endpoint }));
    }

    private static async Task<(FileSource, ConnectionSettings)> AzureAsync(FileSource abfs, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var azure = await AzureBlobServer.SharedAsync();
        var container = await azure.CreateContainerAsync();
        foreach (var (key, content) in files) await azure.PutAsync(container, key, content);
        return (abfs, abfs.Settings($"abfs://{container}@{AzureBlobServer.Account}.dfs.core.windows.net", AzureBlobServer.Account, AzureBlobServer.Key, new { endpoint = azure.Endpoint }));
    }

    private async Task<EngineRows> OpenAsync(FileSource source, ConnectionSettings settings, IEngine? engine = null, string format = "csv")
    {
        var container = (await source.ListAsync(settings)).ShouldHaveSingleItem();
        container.Problem.ShouldBeNull();
        container.File!.Format.ShouldBe(format);
        var described = await ((IReadable)source.Connector).DescribeReadAsync(
            new SourceTarget(settings, new SourceScope(RootPath: "/")), new ContainerRead { Container = container }, Cancel);
        return await described.OpenAsync(engine ?? fixture.Engine, Cancel);
    }

    private Task<long> CountAsync(EngineRows rows) => fixture.Engine.ScalarAsync<long>(rows.Query($"SELECT toInt64(count()) FROM ({rows.Sql})"), Cancel);

    [Fact]
    public async Task Read_S3_ShowsTheServerNoSecretKey()
    {
        var (source, settings) = await S3Async(Source("s3"));
        await using var rows = await OpenAsync(source, settings);
        rows.Sql.ShouldContain("FROM s3(");
        await ShowsNothingOfAsync(rows, Secret);
    }

    [Fact]
    public async Task Read_Azure_ShowsTheServerNoAccountKey()
    {
        var (source, settings) = await AzureAsync(Source("abfs"), new Dictionary<string, byte[]> { ["x.csv"] = "id\n1\n"u8.ToArray() });
        await using var rows = await OpenAsync(source, settings);
        rows.Sql.ShouldContain("FROM azureBlobStorage(");
        await ShowsNothingOfAsync(rows, AzureBlobServer.Key);
    }

    [Fact]
    public async Task Read_GoogleByAccount_ShowsTheServerNoToken()
    {
        await using var google = (await GcsStub.StartAsync()).With("x.csv", "id\n1\n");
        var gcs = Source("gcs");
        await using var rows = await OpenAsync(gcs, gcs.Settings($"gs://{GcsStub.Bucket}", null, google.AccountKey(), new { endpoint = google.Endpoint }));
        rows.Sql.ShouldContain("NOSIGN");
        await ShowsNothingOfAsync(rows, GcsStub.Token);
    }

    [Fact]
    public async Task Read_AzureByPrincipal_GivesTheServerASignatureForTheContainerOnly()
    {
        var signed = new HashSet<string>();
        await using var blobs = await BlobStub.StartAsync("bearer-t0ken", new Dictionary<string, byte[]> { ["x.csv"] = "id\n1\n"u8.ToArray() }, signed);
        var abfs = Entra.Source(_ => Entra.Token("bearer-t0ken"), OnAServer);
        await using var rows = await OpenAsync(abfs, abfs.Settings("abfs://data@acme.dfs.core.windows.net", "client-1", "cl13nt-s3cr3t",
            new { authentication_type = "SERVICE_PRINCIPAL", tenant_id = "contoso.com", endpoint = blobs.Endpoint }));
        await ShowsNothingOfAsync(rows, "cl13nt-s3cr3t");
        await ShowsNothingOfAsync(rows, "bearer-t0ken");
        var signature = signed.ShouldHaveSingleItem();
        signature.ShouldStartWith("sp=rl sr=c skoid=oid sktid=tid sks=b sig=");
        await ShowsNothingOfAsync(rows, signature[(signature.IndexOf("sig=") + 4)..]);
    }

    [Theory]
    [InlineData("delta")]
    [InlineData("iceberg")]
    public async Task Read_Table_WorksOnAServerToo(string format)
    {
        var files = (format == "delta" ? await LakeFiles.DeltaAsync(fixture) : await LakeFiles.IcebergAsync(fixture)).ToDictionary(f => $"raw/t/{f.Key}", f => f.Value);
        var server = await S3Server.SharedAsync();
        var bucket = server.CreateBucket();
        foreach (var (key, content) in files) server.Put(bucket, key, content);
        var s3 = Source("s3");
        await using var onS3 = await OpenAsync(s3, s3.Settings($"s3://{bucket}", S3Server.AccessKey, Secret, new { endpoint = server.Endpoint }), format: format);
        (await CountAsync(onS3)).ShouldBe(format == "delta" ? 2 : 3);
        var (abfs, settings) = await AzureAsync(Source("abfs"), files);
        await using var inAzure = await OpenAsync(abfs, settings, format: format);
        (await CountAsync(inAzure)).ShouldBe(format == "delta" ? 2 : 3);
    }

    [Fact]
    public async Task Read_LocalFiles_AreNotThereForAServer()
    {
        var folder = Directory.CreateTempSubdirectory("assay-direct-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "x.csv"), "id\n1\n", Cancel);
        var local = Source("local");
        (await Should.ThrowAsync<SourceException>(() => OpenAsync(local, local.Settings($"file:///{folder.Name}")))).Fault.Code.ShouldBe(SourceFaultCode.Unsupported);
        folder.Delete(recursive: true);
    }

    /// <summary>No server with a cluster is to be had here: the engine parses the statement, and misses nothing but the cluster.</summary>
    [Theory]
    [InlineData("s3", "csv", "s3Cluster")]
    [InlineData("s3", "delta", "deltaLakeCluster")]
    [InlineData("s3", "iceberg", "icebergS3Cluster")]
    [InlineData("abfs", "csv", "azureBlobStorageCluster")]
    [InlineData("abfs", "delta", "deltaLakeAzureCluster")]
    [InlineData("abfs", "iceberg", "icebergAzureCluster")]
    public async Task Read_OnACluster_IsSpreadOverIt(string type, string format, string function)
    {
        var files = (format switch { "delta" => await LakeFiles.DeltaAsync(fixture), "iceberg" => await LakeFiles.IcebergAsync(fixture), _ => new() { ["x.csv"] = "id\n1\n"u8.ToArray() } })
            .ToDictionary(f => format == "csv" ? f.Key : $"t/{f.Key}", f => f.Value);
        var (source, settings) = type == "abfs" ? await AzureAsync(Source("abfs"), files) : await S3Async(Source("s3"), files.First().Key, files.First().Value);
        if (type == "s3")
            foreach (var (key, content) in files) (await S3Server.SharedAsync()).Put(settings.Uri!["s3://".Length..], key, content);
        await using var rows = await OpenAsync(source, settings, new ClusterEngine(fixture.Engine, "wide"), format);
        rows.Sql.ShouldContain($"FROM {function}(");
        var refused = await Should.ThrowAsync<EngineException>(() => CountAsync(rows));
        refused.Message.ShouldContain("cluster 'wide' not found", Case.Insensitive);
        refused.Message.ShouldNotContain(Secret);
    }

    private async Task ShowsNothingOfAsync(EngineRows rows, string secret)
    {
        (await CountAsync(rows)).ShouldBe(1);
        rows.Sql.ShouldNotContain(secret);
        var seen = await fixture.Engine.ListAsync(rows.Query($"SELECT formatRow('JSONEachRow', p.*) FROM system.processes AS p CROSS JOIN ({rows.Sql}) AS t"), Cancel);
        var processes = string.Concat(seen.Select(row => row.Get<string>(0)));
        processes.ShouldContain("[HIDDEN]");
        processes.ShouldNotContain(secret);
    }
}
