using System.Text;
using Assay.Sources.Tests.Files;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Tests.S3;

/// <summary>100,000 objects, made up page by page by a server that keeps none of them.</summary>
[Collection(AloneCollection.Name)]
public class S3ListingSizeTests
{
    private const int Objects = 100_000;
    private readonly FileSource s3 = new("s3");

    /// <summary>Lists a bucket whose n-th key a function says, and answers the counts and the most memory in use on the way.</summary>
    private async Task<(int Containers, int Partitions, double PeakMegabytes)> ListAsync(Func<int, string> keyOf)
    {
        await using var stub = await StubServer.StartAsync(async context =>
        {
            var from = int.Parse(context.Request.Query["continuation-token"].FirstOrDefault() ?? "0");
            var page = new StringBuilder("<ListBucketResult><Name>acme</Name><EncodingType>url</EncodingType>");
            for (var i = from; i < from + 1000; i++)
                page.Append($"<Contents><Key>{Uri.EscapeDataString(keyOf(i))}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>0</Size></Contents>");
            var last = from + 1000 >= Objects;
            page.Append($"<IsTruncated>{(last ? "false" : "true")}</IsTruncated><NextContinuationToken>{from + 1000}</NextContinuationToken></ListBucketResult>");
            context.Response.ContentType = "application/xml";
            await context.Response.WriteAsync(page.ToString());
        });
        var settings = s3.Settings("s3://acme", "a", "b", new { endpoint = stub.Endpoint });
        var target = new SourceTarget(settings, new SourceScope(RootPath: "/"));
        var (containers, partitions, peak, start) = (0, 0, 0L, GC.GetTotalMemory(true));
        await foreach (var container in s3.Connector.ListContainersAsync(target, new ListOptions(), TestContext.Current.CancellationToken))
        {
            partitions += container.Partitions.Count;
            if (containers++ % 100 == 0) peak = Math.Max(peak, GC.GetTotalMemory(true) - start);
        }
        return (containers, partitions, peak / 1e6);
    }

    [Fact]
    public async Task List_ManyFolders_KeepsOnlyTheOpenOnesInMemory()
    {
        var (containers, partitions, peak) = await ListAsync(i => $"events/year=2026/day={i / 100:D4}/part_{i % 100:D3}.csv");
        (containers, partitions).ShouldBe((1_000, Objects));
        peak.ShouldBeLessThan(10);
        TestContext.Current.TestOutputHelper?.WriteLine($"{peak:F1} MB");
    }

    [Fact]
    public async Task List_OneFolder_KeepsItsNamesInMemory()
    {
        var (containers, partitions, peak) = await ListAsync(i => $"events/orders_{i:D6}.csv");
        (containers, partitions).ShouldBe((1, Objects));
        peak.ShouldBeLessThan(100);
        TestContext.Current.TestOutputHelper?.WriteLine($"{peak:F1} MB");
    }

    [Fact]
    public async Task List_OfNames_AsksForTheirFolderAlone()
    {
        var asked = new System.Collections.Concurrent.ConcurrentBag<string?>();
        await using var stub = await StubServer.StartAsync(async context =>
        {
            asked.Add(context.Request.Query["prefix"]);
            context.Response.ContentType = "application/xml";
            await context.Response.WriteAsync("<ListBucketResult><Name>acme</Name><Contents><Key>top/in/2026/a.csv</Key><Size>0</Size></Contents><IsTruncated>false</IsTruncated></ListBucketResult>");
        });
        var target = new SourceTarget(s3.Settings("s3://acme", "a", "b", new { endpoint = stub.Endpoint }), new SourceScope(RootPath: "/top/"));

        var found = await s3.Connector.ListContainersAsync(target, new ListOptions { Names = new HashSet<string> { "in/2026/a.csv" } }, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        found.Select(c => c.Name).ShouldBe(["in/2026/a.csv"]);
        asked.Distinct().ShouldBe(["top/in/2026/"]);
    }

    [Fact]
    public async Task List_EncodedKeys_AreDecodedOnce()
    {
        string[] keys = ["a%20b.csv", "c d.csv", "e+f.csv", "g\u0001h.csv", "ä.csv"];
        await using var stub = await StubServer.StartAsync(200,
            "<ListBucketResult><Name>acme</Name><EncodingType>url</EncodingType>"
            + string.Concat(keys.Select(k => $"<Contents><Key>{Uri.EscapeDataString(k).Replace("%20", "+")}</Key><Size>0</Size></Contents>"))
            + "<IsTruncated>false</IsTruncated></ListBucketResult>");
        (await s3.NamesAsync(s3.Settings("s3://acme", "a", "b", new { endpoint = stub.Endpoint }))).ShouldBe(keys);
    }

    [Fact]
    public async Task List_KeysInNoOrder_AreRefused()
    {
        await using var stub = await StubServer.StartAsync(200,
            "<ListBucketResult><Name>acme</Name>"
            + string.Concat(new[] { "a/1.csv", "b/1.csv", "a/2.csv" }.Select(k => $"<Contents><Key>{k}</Key><Size>0</Size></Contents>"))
            + "<IsTruncated>false</IsTruncated></ListBucketResult>");
        var refused = await Should.ThrowAsync<SourceException>(() => s3.ListAsync(s3.Settings("s3://acme", "a", "b", new { endpoint = stub.Endpoint })));
        refused.Fault.Code.ShouldBe(SourceFaultCode.Unsupported);
    }
}
