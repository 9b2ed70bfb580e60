using Assay.Sources.Tests.Files;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Tests.Abfs;

/// <summary>Answers that Azure gives and its emulator does not.</summary>
public class AbfsFaultTests
{
    private readonly FileSource abfs = new("abfs");

    private ConnectionSettings Settings(string endpoint) =>
        abfs.Settings("abfs://data@acme.dfs.core.windows.net", "acme", "c2VjcmV0IGtleQ==", new { endpoint });

    private async Task<SourceFault> RefusedAsync(int status, string code, DateTimeOffset? date = null)
    {
        await using var stub = await StubServer.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["x-ms-error-code"] = code;
            if (date is not null) context.Response.Headers.Date = date.Value.ToString("R");
            await context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>raw text</Message></Error>");
        });
        var report = await abfs.TestAsync(Settings(stub.Endpoint));
        report.Fault.ShouldNotBeNull();
        report.Fault.Message.ShouldNotContain("raw text");
        return report.Fault;
    }

    [Theory]
    [InlineData(403, "KeyBasedAuthenticationNotPermitted", SourceFaultCode.SignInFailed, "check credentials", "switched off")]
    [InlineData(403, "AuthorizationPermissionMismatch", SourceFaultCode.PermissionDenied, "list under root path", "Storage Blob Data Reader")]
    [InlineData(403, "AuthorizationFailure", SourceFaultCode.PermissionDenied, "list under root path", "firewall")]
    [InlineData(404, "ContainerNotFound", SourceFaultCode.NotFound, "find bucket", "no container 'data'")]
    [InlineData(409, "SomethingNew", SourceFaultCode.SourceError, "list under root path", "SomethingNew")]
    public async Task Test_Refusal_IsSaidInPlainWordsAtItsStep(int status, string code, SourceFaultCode fault, string step, string says)
    {
        var refused = await RefusedAsync(status, code);
        refused.Code.ShouldBe(fault);
        refused.Step.ShouldBe(step);
        refused.Message.ShouldContain(says);
    }

    [Fact]
    public async Task Test_ClockFarOff_SaysByHowMuch()
    {
        var refused = await RefusedAsync(403, "AuthenticationFailed", DateTimeOffset.UtcNow.AddMinutes(-42));
        refused.Message.ShouldContain("42 minutes off");
        (await RefusedAsync(403, "AuthenticationFailed", DateTimeOffset.UtcNow)).Message.ShouldContain("key is not one of the account");
    }

    [Theory]
    [InlineData(200, "<html><body>hello</body></html>")]
    [InlineData(200, "hello")]
    [InlineData(404, "not found")]
    public async Task Test_NotABlobService_SaysSo(int status, string body)
    {
        await using var stub = await StubServer.StartAsync(status, body, "text/html");
        (await abfs.TestAsync(Settings(stub.Endpoint))).Fault!.Message.ShouldContain("does not answer like Azure's blob service");
    }

    [Fact]
    public async Task Test_BusyService_IsAskedAgain()
    {
        var asked = 0;
        await using var stub = await StubServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref asked) == 1) context.Response.StatusCode = 503;
            else await context.Response.WriteAsync("<EnumerationResults><Blobs/><NextMarker/></EnumerationResults>");
        });
        (await abfs.TestAsync(Settings(stub.Endpoint))).Connected.ShouldBeTrue();
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task List_FoldersOfHierarchicalAccounts_AreNoFiles()
    {
        await using var stub = await StubServer.StartAsync(200, """
            <EnumerationResults><Blobs>
            <Blob><Name>a.csv</Name><Properties><Content-Length>0</Content-Length><ResourceType>directory</ResourceType></Properties></Blob>
            <Blob><Name>b.csv</Name><Properties><Content-Length>0</Content-Length></Properties><Metadata><hdi_isfolder>true</hdi_isfolder></Metadata></Blob>
            <Blob><Name Encoded="true">c%01d.csv</Name><Properties><Content-Length>0</Content-Length></Properties></Blob>
            </Blobs><NextMarker/></EnumerationResults>
            """);
        (await abfs.NamesAsync(Settings(stub.Endpoint))).ShouldBe(["c\u0001d.csv"]);
    }
}
