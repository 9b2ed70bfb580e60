using System.Net;
using System.Net.Sockets;
using Assay.Sources.Tests.Files;
using Assay.Sources.Tests.Network;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.S3;

/// <summary>Answers that Amazon gives and the server of the other tests does not.</summary>
public class S3FaultTests
{
    private const string Secret = "s3cr3t-key-of-the-test";
    private readonly FileSource s3 = new("s3");

    private async Task<TestReport> TestAsync(string endpoint, bool forWriting = false)
    {
        var report = await s3.TestAsync(s3.Settings("s3://acme", "AKIATEST", Secret, new { endpoint, region = "us-east-1" }), "/", forWriting);
        report.Fault.ShouldNotBeNull();
        report.Steps.Select(s => s.Detail).ShouldAllBe(d => d == null || !d.Contains(Secret));
        report.Steps.Count(s => s.Result == TestStepResult.Failed).ShouldBe(1);
        return report;
    }

    private async Task<TestReport> AnswerAsync(int status, string code, string rest = "<Message>raw text of the service</Message>")
    {
        await using var stub = await StubServer.StartAsync(status, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code>{rest}</Error>");
        return await TestAsync(stub.Endpoint);
    }

    [Theory]
    [InlineData(403, "SignatureDoesNotMatch", SourceFaultCode.SignInFailed, "check credentials", "secret key does not belong")]
    [InlineData(403, "InvalidAccessKeyId", SourceFaultCode.SignInFailed, "check credentials", "access key is not known")]
    [InlineData(400, "ExpiredToken", SourceFaultCode.SignInFailed, "check credentials", "not valid any more")]
    [InlineData(403, "RequestTimeTooSkewed", SourceFaultCode.SignInFailed, "check credentials", "clock")]
    [InlineData(404, "NoSuchBucket", SourceFaultCode.NotFound, "find bucket", "no bucket 'acme'")]
    [InlineData(403, "AccessDenied", SourceFaultCode.PermissionDenied, "list under root path", "s3:ListBucket")]
    [InlineData(501, "NotImplemented", SourceFaultCode.SourceError, "list under root path", "NotImplemented")]
    public async Task Test_Refusal_IsSaidInPlainWordsAtItsStep(int status, string code, SourceFaultCode fault, string step, string says)
    {
        var report = await AnswerAsync(status, code);
        report.Fault!.Code.ShouldBe(fault);
        report.Fault.Step.ShouldBe(step);
        report.Fault.Message.ShouldContain(says);
        report.Fault.Message.ShouldNotContain("raw text");
    }

    [Fact]
    public async Task Test_WrongRegion_NamesTheRightOne()
    {
        var report = await AnswerAsync(400, "AuthorizationHeaderMalformed",
            "<Message>The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-3'</Message><Region>eu-west-3</Region>");
        report.Fault!.Step.ShouldBe("find bucket");
        report.Fault.Message.ShouldContain("eu-west-3");
        report.Fault.Message.ShouldContain("us-east-1");
    }

    [Fact]
    public async Task Test_NotAnS3Service_SaysSo()
    {
        await using var stub = await StubServer.StartAsync(200, "<html><body>Welcome to nginx!</body></html>", "text/html");
        (await TestAsync(stub.Endpoint)).Fault!.Message.ShouldContain("does not answer like an S3 service");
    }

    [Fact]
    public async Task Test_NothingListens_SaysSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var report = await TestAsync($"http://127.0.0.1:{port}");
        report.Fault!.Code.ShouldBe(SourceFaultCode.ConnectionRefused);
        report.Fault.Message.ShouldContain($"127.0.0.1:{port}");
        report.Fault.Step.ShouldBe("reach endpoint");
    }

    [Fact]
    public async Task Test_UnknownHost_SaysSo()
    {
        var report = await TestAsync("https://no-such-host.invalid");
        report.Fault!.Code.ShouldBe(SourceFaultCode.HostNotFound);
        report.Fault.Step.ShouldBe("reach endpoint");
    }

    [Fact]
    public async Task Test_MetadataAddress_IsRefusedByTheHostPolicy()
    {
        var report = await TestAsync("http://169.254.169.254");
        report.Fault!.Code.ShouldBe(SourceFaultCode.HostNotAllowed);
    }

    [Fact]
    public async Task Test_TlsWhereThereIsNone_SaysSo()
    {
        await using var stub = await StubServer.StartAsync(200, "");
        (await TestAsync(stub.Endpoint.Replace("http://", "https://"))).Fault!.Code.ShouldBe(SourceFaultCode.TlsFailed);
    }

    [Fact]
    public async Task Test_ServiceThatNeverAnswers_EndsAfterTenSeconds()
    {
        var asked = new TaskCompletionSource();
        await using var stub = await StubServer.StartAsync(context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { });
        });
        var time = new HandTime();
        var source = new FileSource("s3", services: services => services.AddSingleton<TimeProvider>(time));
        var test = source.TestAsync(source.Settings("s3://acme", "AKIATEST", Secret, new { endpoint = stub.Endpoint }));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(9.9));
        test.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));
        (await test).Fault!.Code.ShouldBe(SourceFaultCode.TimedOut);
    }

    [Fact]
    public async Task Test_WritingDenied_FailsAtItsStepOnly()
    {
        await using var stub = await StubServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/xml";
            if (HttpMethods.IsPut(context.Request.Method))
            {
                context.Response.StatusCode = 403;
                await context.Response.WriteAsync("<Error><Code>AccessDenied</Code></Error>");
            }
            else await context.Response.WriteAsync("<ListBucketResult><Name>acme</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>");
        });
        var report = await TestAsync(stub.Endpoint, forWriting: true);
        report.Fault!.Step.ShouldBe("write an object");
        report.Fault.Message.ShouldContain("s3:PutObject");
        report.Steps.Select(s => s.Result).ShouldBe(
        [
            TestStepResult.Passed, TestStepResult.Passed, TestStepResult.Passed, TestStepResult.Warning, TestStepResult.Skipped,
            TestStepResult.Failed, TestStepResult.Skipped,
        ]);
    }

    [Fact]
    public async Task List_FailureOnALaterPage_ThrowsInsteadOfEndingEarly()
    {
        var page = 0;
        await using var stub = await StubServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/xml";
            if (Interlocked.Increment(ref page) == 1)
                await context.Response.WriteAsync("<ListBucketResult><Name>acme</Name><Contents><Key>a.csv</Key><Size>0</Size></Contents><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>");
            else
            {
                context.Response.StatusCode = 403;
                await context.Response.WriteAsync("<Error><Code>AccessDenied</Code></Error>");
            }
        });
        var settings = s3.Settings("s3://acme", "a", "b", new { endpoint = stub.Endpoint });
        (await Should.ThrowAsync<SourceException>(() => s3.ListAsync(settings))).Fault.Code.ShouldBe(SourceFaultCode.PermissionDenied);
    }
}
