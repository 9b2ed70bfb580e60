using System.Text;
using Assay.Engine;
using Assay.Sources.Tests.Gcs;
using Assay.Sources.Tests.Local;
using Assay.Testing.Azure;
using Assay.Testing.S3;

namespace Assay.Sources.Tests.Reading.Lakes;

/// <summary>Delta and Iceberg tables in every kind of store.</summary>
public sealed class LakeTests(EngineFixture fixture) : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private GcsStub? google;

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        if (google is not null) await google.DisposeAsync();
    }

    [Theory]
    [InlineData("local")]
    [InlineData("s3")]
    [InlineData("abfs")]
    [InlineData("gcs")]
    public async Task Read_Delta_GivesTheNewestVersion(string type)
    {
        var source = await PutAsync(type, "raw data/ünï events", await LakeFiles.DeltaAsync(fixture));
        var container = await source.ContainerAsync("raw data/ünï events");
        container.Problem.ShouldBeNull();
        container.File!.Format.ShouldBe("delta");
        container.Fields.Select(f => $"{f.Name} {f.Type} {f.Nullable}").ShouldBe(["id Integral False", "name String True", "country String True"]);
        (await source.RowsAsync(container)).ShouldBe(["2|n2|FR", "3|n3|FR"]);
        (await source.RowsAsync(container, r => r with { Columns = ["country", "id"], PartitionColumn = "p" })).ShouldBe(["FR|2|raw data/ünï events", "FR|3|raw data/ünï events"]);
        (await source.RowsAsync(container, r => r with { RowLimit = 1 })).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("s3")]
    [InlineData("abfs")]
    [InlineData("gcs")]
    public async Task Read_Iceberg_GivesTheNewestSnapshotWhereverTheTableLiesNow(string type)
    {
        var source = await PutAsync(type, "raw data/events", await LakeFiles.IcebergAsync(fixture));
        var container = await source.ContainerAsync("raw data/events");
        container.Problem.ShouldBeNull();
        container.File!.Format.ShouldBe("iceberg");
        container.Fields.Select(f => $"{f.Name} {f.Type} {f.Nullable}").ShouldBe(["id Integral False", "name String True"]);
        (await source.RowsAsync(container)).ShouldBe(["0|n0", "1|n1", "2|NULL"]);
        (await source.RowsAsync(container, r => r with { Columns = ["name"] })).ShouldBe(["NULL", "n0", "n1"]);
    }

    [Fact]
    public async Task Read_RootThatIsATable_IsCalledByItsFolder()
    {
        foreach (var (path, content) in await LakeFiles.DeltaAsync(fixture)) folder.With($"orders/{path}", content);
        var local = fixture.Source("local", folder.Path);
        var source = new ReadSource(fixture.Engine, local, local.Settings("file:///orders"));
        (await source.RowsAsync("orders", r => r with { Columns = ["id"] })).ShouldBe(["2", "3"]);
    }

    [Fact]
    public async Task Read_LocalTableThatNamesFilesOutsideItself_OpensNoneOfThem()
    {
        using var outside = new TempFolder();
        var secret = await fixture.BytesAsync("Parquet", "SELECT 42::Int64 AS id, 'secret' AS name");
        outside.With("secret.parquet", secret);
        var files = await LakeFiles.DeltaAsync(fixture);
        var local = fixture.Source("local", folder.Path);
        var source = new ReadSource(fixture.Engine, local, local.Settings(null));
        var paths = new[] { outside["secret.parquet"], $"file://{outside["secret.parquet"]}", $"../../{Path.GetFileName(outside.Path)}/secret.parquet", "../beside.parquet", "link.parquet" };
        folder.With("beside.parquet", secret);
        foreach (var (path, i) in paths.Select((path, i) => (path, i)))
        {
            foreach (var (name, content) in files) folder.With($"t{i}/{name}", content);
            File.CreateSymbolicLink(folder[$"t{i}/link.parquet"], outside["secret.parquet"]);
            folder.With($"t{i}/_delta_log/00000000000000000002.json", Encoding.UTF8.GetBytes(LakeFiles.Add(path, "XX", secret)));
            var rows = await RowsOrErrorAsync(source, $"t{i}");
            rows.ShouldNotContain("secret", customMessage: path);
        }
    }

    [Fact]
    public async Task Read_TableWhoseFileIsGone_FailsInsteadOfLosingRows()
    {
        var source = await PutAsync("s3", "t", (await LakeFiles.DeltaAsync(fixture)).Where(f => f.Key != "country=FR/c.parquet"));
        await Should.ThrowAsync<EngineException>(() => source.RowsAsync("t"));
    }

    [Fact]
    public async Task List_FolderThatOnlyLooksLikeATable_IsAProblemOfItsContainer()
    {
        folder.With("broken/_delta_log/00000000000000000000.json", "no json").With("empty.iceberg/data/x.parquet", "x").With("ok.csv");
        var local = fixture.Source("local", folder.Path);
        var found = (await local.ListAsync(local.Settings(null))).ToDictionary(c => c.Name, c => c.Problem?.Message);
        found["broken"]!.ShouldContain("holds no delta table that can be read");
        found["empty.iceberg"]!.ShouldContain("holds no iceberg table that can be read");
        found["ok.csv"].ShouldBeNull();
    }

    private static async Task<string> RowsOrErrorAsync(ReadSource source, string name)
    {
        try
        {
            return string.Join('\n', await source.RowsAsync(name));
        }
        catch (EngineException refused)
        {
            return refused.Fault.ToString();
        }
    }

    private async Task<ReadSource> PutAsync(string type, string table, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var source = fixture.Source(type, folder.Path);
        var settings = source.Settings(null);
        switch (type)
        {
            case "s3":
                var server = await S3Server.SharedAsync();
                var bucket = server.CreateBucket();
                foreach (var (path, content) in files) server.Put(bucket, $"{table}/{path}", content);
                settings = source.Settings($"s3://{bucket}", S3Server.AccessKey, S3Server.SecretKey, new { endpoint = server.Endpoint });
                break;
            case "abfs":
                var azure = await AzureBlobServer.SharedAsync();
                var container = await azure.CreateContainerAsync();
                foreach (var (path, content) in files) await azure.PutAsync(container, $"{table}/{path}", content);
                settings = source.Settings(
                    $"abfs://{container}@{AzureBlobServer.Account}.dfs.core.windows.net", AzureBlobServer.Account, AzureBlobServer.Key, new { endpoint = azure.Endpoint });
                break;
            case "gcs":
                google = await GcsStub.StartAsync();
                foreach (var (path, content) in files) google.With($"{table}/{path}", content);
                settings = source.Settings($"gs://{GcsStub.Bucket}", null, google.AccountKey(), new { endpoint = google.Endpoint });
                break;
            default:
                foreach (var (path, content) in files) folder.With($"{table}/{path}", content);
                break;
        }
        return new ReadSource(fixture.Engine, source, settings);
    }
}
