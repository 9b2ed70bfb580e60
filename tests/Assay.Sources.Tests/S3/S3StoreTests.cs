using Assay.Sources.Tests.Files;
using Assay.Testing.Npm;
using Assay.Testing.S3;

namespace Assay.Sources.Tests.S3;

/// <summary>Against a real S3 server.</summary>
public class S3StoreTests : IAsyncLifetime
{
    private readonly FileSource s3 = new("s3");
    private S3Server server = null!;
    private string bucket = "";

    public async ValueTask InitializeAsync()
    {
        server = await S3Server.SharedAsync();
        bucket = server.CreateBucket();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ConnectionSettings Settings(string? uri = null, string accessKey = S3Server.AccessKey) =>
        s3.Settings(uri ?? $"s3://{bucket}", accessKey, S3Server.SecretKey, new { endpoint = server.Endpoint });

    [Fact]
    public async Task List_RealFiles_AreContainersWithFieldsAndPartitions()
    {
        server.Put(bucket, "raw/seattle-weather.csv", NpmPackages.Vega("seattle-weather.csv"));
        server.Put(bucket, "raw/stocks_2019.csv", "symbol,price\nA,1.5\n");
        server.Put(bucket, "raw/stocks_2020.csv", "symbol,price\nB,2\n");
        var containers = await s3.ListAsync(Settings(), "/raw/");
        containers.Select(c => c.Name).ShouldBe(["seattle-weather.csv", "stocks_*.csv"]);
        containers[0].Fields.Select(f => $"{f.Name} {f.Type}").ShouldBe(
            ["date Date", "precipitation Fractional", "temp_max Fractional", "temp_min Fractional", "wind Fractional", "weather String"]);
        containers[1].Partitions.Select(p => p.Location).ShouldBe([$"s3://{bucket}/raw/stocks_2019.csv", $"s3://{bucket}/raw/stocks_2020.csv"]);
        containers[1].Partitions[0].Size.ShouldBe(19);
        containers[1].Partitions[0].Modified!.Value.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task List_MoreThanAPage_IsComplete()
    {
        for (var i = 0; i < 2_345; i++) server.Put(bucket, $"many/f_{i:D5}.csv", "a\n1\n");
        var container = (await s3.ListAsync(Settings())).ShouldHaveSingleItem();
        container.Name.ShouldBe("many/f_*.csv");
        container.Partitions.Count.ShouldBe(2_345);
    }

    [Fact]
    public async Task List_OddKeys_KeepTheirSpelling()
    {
        string[] keys = ["ünï/日本.csv", "sp ace/pl+us.csv", "per%20cent.csv", "am&p<x>.csv", "qu'ote\".csv", "a/b/c/d.csv", "emoji😀.csv", "sem;i=colon,.csv", "[x]{y}.csv"];
        foreach (var key in keys) server.Put(bucket, key, "id,name\n1,x\n");
        var containers = await s3.ListAsync(Settings());
        containers.Select(c => c.Name).Order(StringComparer.Ordinal).ShouldBe(keys.Order(StringComparer.Ordinal));
        containers.ShouldAllBe(c => c.Problem == null && c.Fields.Count == 2);
    }

    [Fact]
    public async Task List_UriWithPrefix_ComesBeforeTheRootPath()
    {
        server.Put(bucket, "a/b/x.csv", "id\n1\n");
        server.Put(bucket, "b/y.csv", "id\n1\n");
        (await s3.NamesAsync(Settings($"s3://{bucket}/a/"), "/b/")).ShouldBe(["x.csv"]);
    }

    [Fact]
    public async Task Test_BucketWithFiles_PassesEveryStepAndWrites()
    {
        server.Put(bucket, "raw/x.csv", "id\n1\n");
        var report = await s3.TestAsync(Settings(), "/raw/", forWriting: true);
        report.Fault.ShouldBeNull();
        report.Steps.Select(s => s.Result).ShouldAllBe(r => r == TestStepResult.Passed);
        report.Steps.Count.ShouldBe(7);
        server.KeysOf(bucket).ShouldBe(["raw/x.csv"]);
    }

    [Fact]
    public async Task Test_MissingPrefix_IsAWarning()
    {
        var report = await s3.TestAsync(Settings(), "/nothing/here/");
        report.Connected.ShouldBeTrue();
        report.Steps.Single(s => s.Result == TestStepResult.Warning).Name.ShouldBe("list under root path");
    }

    [Fact]
    public async Task Test_MissingBucket_SaysSo()
    {
        var report = await s3.TestAsync(Settings("s3://no-such-bucket"));
        report.Fault!.Code.ShouldBe(SourceFaultCode.NotFound);
        report.Fault.Message.ShouldContain("no bucket 'no-such-bucket'");
        report.Steps.Single(s => s.Result == TestStepResult.Failed).Name.ShouldBe("find bucket");
        report.Steps.Where(s => s.Result == TestStepResult.Passed).Select(s => s.Name).ShouldBe(["reach endpoint", "check credentials"]);
    }

    [Fact]
    public async Task Test_UnknownAccessKey_SaysSo()
    {
        var report = await s3.TestAsync(Settings(accessKey: "AKIANOBODY"));
        report.Fault!.Code.ShouldBe(SourceFaultCode.SignInFailed);
        report.Fault.Message.ShouldContain("access key is not known");
        report.Steps.Single(s => s.Result == TestStepResult.Failed).Name.ShouldBe("check credentials");
    }

    [Fact]
    public async Task List_MissingBucket_ThrowsInsteadOfBeingEmpty() =>
        (await Should.ThrowAsync<SourceException>(() => s3.ListAsync(Settings("s3://no-such-bucket")))).Fault.Code.ShouldBe(SourceFaultCode.NotFound);
}
