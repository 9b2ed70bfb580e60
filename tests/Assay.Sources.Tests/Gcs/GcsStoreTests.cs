using Assay.Sources.Tests.Files;
using Assay.Testing.S3;

namespace Assay.Sources.Tests.Gcs;

public class GcsStoreTests
{
    private readonly FileSource gcs = new("gcs");

    private ConnectionSettings Settings(GcsStub stub, string? uri = null, string? key = null) =>
        gcs.Settings(uri ?? $"gs://{GcsStub.Bucket}", null, key ?? stub.AccountKey(), new { endpoint = stub.Endpoint });

    [Fact]
    public async Task List_SeveralPages_AreContainersWithFieldsAndPartitions()
    {
        await using var stub = await GcsStub.StartAsync();
        for (var i = 0; i < 25; i++) stub.With($"raw/f_{i:D2}.csv", "id,name\n1,a\n");
        var container = (await gcs.ListAsync(Settings(stub), "/raw/")).ShouldHaveSingleItem();
        container.Name.ShouldBe("f_*.csv");
        container.Fields.Select(f => $"{f.Name} {f.Type}").ShouldBe(["id Integral", "name String"]);
        container.Partitions.Count.ShouldBe(25);
        container.Partitions[0].ShouldBe(new PartitionStructure("f_00.csv", "gs://acme/raw/f_00.csv", 12, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)));
        stub.SignIns.ShouldBe(1);
    }

    [Fact]
    public async Task List_OddKeys_KeepTheirSpelling()
    {
        await using var stub = await GcsStub.StartAsync();
        string[] keys = ["ünï/日本.csv", "sp ace/pl+us.csv", "per%20cent.csv", "am&p<x>.csv", "a../b.csv", "a//b.csv", "emoji😀.csv"];
        foreach (var key in keys) stub.With(key, "id,name\n1,x\n");
        var containers = await gcs.ListAsync(Settings(stub));
        containers.Select(c => c.Name).Order(StringComparer.Ordinal).ShouldBe(keys.Order(StringComparer.Ordinal));
        containers.ShouldAllBe(c => c.Problem == null && c.Fields.Count == 2);
    }

    [Fact]
    public async Task Test_BucketWithFiles_PassesEveryStepAndWrites()
    {
        await using var stub = await GcsStub.StartAsync();
        stub.With("x.csv", "id\n1\n");
        var report = await gcs.TestAsync(Settings(stub), forWriting: true);
        report.Fault.ShouldBeNull();
        report.Steps.Count.ShouldBe(7);
        stub.Keys.ShouldBe(["x.csv"]);
    }

    [Fact]
    public async Task Test_MissingBucket_SaysSo()
    {
        await using var stub = await GcsStub.StartAsync();
        var report = await gcs.TestAsync(Settings(stub, "gs://other"));
        report.Fault!.Step.ShouldBe("find bucket");
        report.Fault.Message.ShouldContain("no bucket 'other'");
    }

    [Fact]
    public async Task Test_KeyThatIsNotTheAccounts_SaysSo()
    {
        await using var stub = await GcsStub.StartAsync();
        var report = await gcs.TestAsync(Settings(stub, key: stub.AccountKey(ownKey: true)));
        report.Fault!.Code.ShouldBe(SourceFaultCode.SignInFailed);
        report.Fault.Step.ShouldBe("check credentials");
        report.Fault.Message.ShouldContain("not any more, one of the service account");
    }

    [Fact]
    public async Task Test_ClockFarOff_SaysSo()
    {
        await using var stub = await GcsStub.StartAsync();
        stub.Refusal = ("invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.");
        (await gcs.TestAsync(Settings(stub))).Fault!.Message.ShouldContain("clock");
    }

    [Theory]
    [InlineData(401, SourceFaultCode.SignInFailed, "check credentials", "token")]
    [InlineData(403, SourceFaultCode.PermissionDenied, "list under root path", "Storage Object Viewer")]
    public async Task Test_Refusal_IsSaidInPlainWordsAtItsStep(int status, SourceFaultCode code, string step, string says)
    {
        await using var stub = await GcsStub.StartAsync();
        stub.Status = status;
        var report = await gcs.TestAsync(Settings(stub));
        report.Fault!.Code.ShouldBe(code);
        report.Fault.Step.ShouldBe(step);
        report.Fault.Message.ShouldContain(says);
    }

    [Fact]
    public async Task List_HmacKeys_GoThroughTheInterfaceThatSpeaksS3()
    {
        var server = await S3Server.SharedAsync();
        var bucket = server.CreateBucket();
        server.Put(bucket, "raw/x.csv", "id\n1\n");
        var settings = gcs.Settings($"gs://{bucket}", S3Server.AccessKey, S3Server.SecretKey, new { endpoint = server.Endpoint });
        (await gcs.ListAsync(settings, "/raw/")).ShouldHaveSingleItem().Partitions[0].Location.ShouldBe($"gs://{bucket}/raw/x.csv");
        (await gcs.TestAsync(settings, forWriting: true)).Connected.ShouldBeTrue();
    }
}
