using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Assay.Sources.Files.Gateway;
using Assay.Sources.Files.Stores;
using Assay.Sources.Network;
using Assay.Sources.Tests.Local;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Files.Gateway;

/// <summary>The gateway as a client of S3 sees it: Amazon's own.</summary>
public sealed class GatewayTests : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddSources().BuildServiceProvider();
    private readonly List<IDisposable> held = [];

    public async ValueTask DisposeAsync()
    {
        held.ForEach(thing => thing.Dispose());
        await services.DisposeAsync();
        folder.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<GatewayPass> OpenAsync(Func<IFileStore, IFileView> see)
    {
        var local = new FileSource("local", options => options.FilesRoot = folder.Path);
        var store = new OpenStore(local, local.Settings(null));
        return await services.GetRequiredService<EngineGateway>().OpenAsync(see(store.Files), Cancel);
    }

    private AmazonS3Client Client(GatewayPass pass, string? secret = null)
    {
        var client = new AmazonS3Client(new BasicAWSCredentials(pass.AccessKey, secret ?? pass.SecretKey), new AmazonS3Config
        {
            ServiceURL = new Uri(pass.Bucket, "/").AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
            UseHttp = true,
        });
        held.Add(client);
        return client;
    }

    private static async Task<string> TextAsync(AmazonS3Client s3, string bucket, string key, ByteRange? range = null)
    {
        using var answer = await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = range }, Cancel);
        using var reader = new StreamReader(answer.ResponseStream);
        return await reader.ReadToEndAsync(Cancel);
    }

    private static async Task<(HttpStatusCode Status, string Code)> RefusalAsync(Task request)
    {
        var refused = await Should.ThrowAsync<AmazonS3Exception>(request);
        return (refused.StatusCode, refused.ErrorCode);
    }

    [Fact]
    public async Task List_ManyFiles_ComeInPagesAndInFolders()
    {
        var files = Enumerable.Range(0, 2_345).Select(i => new StoredFile($"f/{i % 3}/{i:D4} ü+%&.csv", i, DateTimeOffset.UtcNow)).ToList();
        using var pass = await OpenAsync(store => new PlannedFiles(store, "bucket", files));
        var s3 = Client(pass);
        var seen = new List<string>();
        var request = new ListObjectsV2Request { BucketName = "bucket", Prefix = "f/" };
        ListObjectsV2Response page;
        do
        {
            page = await s3.ListObjectsV2Async(request, Cancel);
            seen.AddRange(page.S3Objects.Select(o => o.Key));
            request.ContinuationToken = page.NextContinuationToken;
        } while (page.IsTruncated == true);
        seen.ShouldBe(files.Select(f => f.Key).Order(StringComparer.Ordinal));
        var folders = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "bucket", Prefix = "f/", Delimiter = "/" }, Cancel);
        folders.CommonPrefixes.ShouldBe(["f/0/", "f/1/", "f/2/"]);
        var later = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "bucket", StartAfter = "f/2/2342", Prefix = "f/" }, Cancel);
        later.S3Objects.ShouldHaveSingleItem().Size.ShouldBe(2342);
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("sp ace/pl+us%20&=;,@:!$'()*~.csv")]
    [InlineData("ünï/日本/emoji😀.csv")]
    public async Task Get_PartOrWhole_GivesThoseBytes(string key)
    {
        folder.With(key, "0123456789");
        using var pass = await OpenAsync(store => new PlannedFiles(store, "bucket", [new StoredFile(key, 10, DateTimeOffset.UtcNow)]));
        var s3 = Client(pass);
        (await TextAsync(s3, "bucket", key)).ShouldBe("0123456789");
        (await TextAsync(s3, "bucket", key, new ByteRange(3, 5))).ShouldBe("345");
        (await TextAsync(s3, "bucket", key, new ByteRange("bytes=-2"))).ShouldBe("89");
        (await TextAsync(s3, "bucket", key, new ByteRange("bytes=8-100"))).ShouldBe("89");
        (await s3.GetObjectMetadataAsync("bucket", key, Cancel)).ContentLength.ShouldBe(10);
        (await RefusalAsync(TextAsync(s3, "bucket", key, new ByteRange(10, 11)))).ShouldBe((HttpStatusCode.RequestedRangeNotSatisfiable, "InvalidRange"));
    }

    [Fact]
    public async Task Requests_BeyondThePass_AreRefused()
    {
        folder.With("x.csv").With("y.csv").With("table/x.csv").With("tables.csv");
        using var other = await OpenAsync(store => new PlannedFiles(store, "bucket", []));
        var pass = await OpenAsync(store => new PlannedFiles(store, "bucket", [new StoredFile("x.csv", 16, DateTimeOffset.UtcNow)]));
        var s3 = Client(pass);
        (await TextAsync(s3, "bucket", "x.csv")).Length.ShouldBe(16);
        (await RefusalAsync(TextAsync(s3, "bucket", "y.csv"))).ShouldBe((HttpStatusCode.NotFound, "NoSuchKey"));
        (await RefusalAsync(TextAsync(s3, "other", "x.csv"))).ShouldBe((HttpStatusCode.NotFound, "NoSuchBucket"));
        (await RefusalAsync(s3.PutObjectAsync(new() { BucketName = "bucket", Key = "x.csv", ContentBody = "" }, Cancel))).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await RefusalAsync(s3.DeleteObjectAsync("bucket", "x.csv", Cancel))).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await RefusalAsync(TextAsync(Client(pass, "wrong"), "bucket", "x.csv"))).ShouldBe((HttpStatusCode.Forbidden, "AccessDenied"));
        (await RefusalAsync(TextAsync(Client(pass, other.SecretKey), "bucket", "x.csv"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var anonymous = new HttpClient();
        (await anonymous.GetAsync(new Uri(pass.Bucket, "x.csv"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var table = await OpenAsync(store => new TableFolder(store, "table/"));
        (await TextAsync(Client(table), "lake", "table/x.csv")).Length.ShouldBe(16);
        (await RefusalAsync(TextAsync(Client(table), "lake", "tables.csv"))).Code.ShouldBe("NoSuchKey");
        pass.Dispose();
        (await RefusalAsync(TextAsync(s3, "bucket", "x.csv"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Get_StoreThatRefuses_SaysSoOnceAndRemembers()
    {
        using var pass = await OpenAsync(store => new PlannedFiles(store, "bucket", [new StoredFile("gone.csv", 16, DateTimeOffset.UtcNow)]));
        (await RefusalAsync(TextAsync(Client(pass), "bucket", "gone.csv"))).ShouldBe((HttpStatusCode.NotFound, "NoSuchKey"));
        pass.Failure!.Code.ShouldBe(SourceFaultCode.NotFound);
    }

    [Fact]
    public async Task Get_FileThatShrank_BreaksOff()
    {
        folder.With("x.csv", "short");
        using var pass = await OpenAsync(store => new PlannedFiles(store, "bucket", [new StoredFile("x.csv", 1_000_000, DateTimeOffset.UtcNow)]));
        await Should.ThrowAsync<Exception>(() => TextAsync(Client(pass), "bucket", "x.csv"));
    }

    [Fact]
    public async Task Gateway_AsASource_IsRefusedLikeEverythingOfAssaysOwn()
    {
        using var pass = await OpenAsync(store => new PlannedFiles(store, "bucket", []));
        var verdict = await services.GetRequiredService<HostPolicy>().ResolveAsync("localhost", pass.Bucket.Port, Cancel);
        verdict.Fault!.Message.ShouldContain("gateway for the engine");
    }
}
