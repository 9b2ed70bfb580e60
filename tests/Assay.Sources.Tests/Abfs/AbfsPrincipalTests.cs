using System.Net;
using Assay.Sources.Tests.Files;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Tests.Abfs;

public class AbfsPrincipalTests
{
    private const string Secret = "cl13nt-s3cr3t";

    private static ConnectionSettings Settings(FileSource abfs, string endpoint) => abfs.Settings(
        "abfs://data@acme.dfs.core.windows.net", "client-1", Secret, new { authentication_type = "SERVICE_PRINCIPAL", tenant_id = "contoso.com", endpoint });

    [Fact]
    public async Task Test_Principal_SignsInOnceAndSendsItsToken()
    {
        var forms = new List<string>();
        var tokens = new List<string>();
        var abfs = Entra.Source(form =>
        {
            forms.Add(form);
            return Entra.Token("the-token");
        });
        await using var stub = await StubServer.StartAsync(async context =>
        {
            tokens.Add(context.Request.Headers.Authorization.ToString());
            await context.Response.WriteAsync("<EnumerationResults><Blobs/><NextMarker/></EnumerationResults>");
        });
        (await abfs.ListAsync(Settings(abfs, stub.Endpoint))).ShouldBeEmpty();
        tokens.ShouldBe(["Bearer the-token", "Bearer the-token"]);
        var form = forms.ShouldHaveSingleItem();
        form.ShouldContain("client_id=client-1");
        form.ShouldContain("storage.azure.com");
    }

    [Theory]
    [InlineData("AADSTS7000215: Invalid client secret provided.", "client secret is wrong")]
    [InlineData("AADSTS7000222: The provided client secret keys are expired.", "expired")]
    [InlineData("AADSTS700016: Application not found.", "knows no application client-1")]
    [InlineData("AADSTS90002: Tenant not found.", "no tenant contoso.com")]
    [InlineData("AADSTS99999: Something else.", "(AADSTS99999)")]
    public async Task Test_PrincipalRefused_SaysWhy(string description, string says)
    {
        var abfs = Entra.Source(_ => (HttpStatusCode.Unauthorized, $$"""{"error":"invalid_client","error_description":"{{description}}"}"""));
        var report = await abfs.TestAsync(Settings(abfs, "http://127.0.0.1:1"));
        report.Fault!.Code.ShouldBe(SourceFaultCode.SignInFailed);
        report.Fault.Step.ShouldBe("check credentials");
        report.Fault.Message.ShouldContain(says);
        report.Fault.Message.ShouldNotContain(Secret);
    }
}
