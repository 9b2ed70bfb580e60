using Assay.Sources.Tests.Files;
using Assay.Testing.S3;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Tests.S3;

public class S3RoleTests
{
    private const string Role = "arn:aws:iam::123456789012:role/assay";
    private readonly FileSource s3 = new("s3");

    [Fact]
    public async Task Test_Role_IsAssumedAndItsKeysAreUsed()
    {
        var server = await S3Server.SharedAsync();
        var bucket = server.CreateBucket();
        var asked = new List<IFormCollection>();
        await using var sts = await StsStub.StartAsync(S3Server.SecretKey, "token", asked.Add);
        server.Put(bucket, "x.csv", "id\n1\n");
        var settings = s3.Settings($"s3://{bucket}", "AKIAOWN", "own", new
        {
            authentication_type = "IAM_ROLE",
            role_arn = Role,
            external_id = "ext-1",
            endpoint = server.Endpoint,
            sts_endpoint = sts.Endpoint,
        });
        // The own key is unknown to the server: only the role's keys can have listed it.
        (await s3.NamesAsync(settings)).ShouldBe(["x.csv"]);
        var form = asked.ShouldHaveSingleItem();
        form["RoleArn"].ToString().ShouldBe(Role);
        form["ExternalId"].ToString().ShouldBe("ext-1");
    }

    [Theory]
    [InlineData(403, "AccessDenied", "trust policy")]
    [InlineData(403, "InvalidClientTokenId", "access key is not known")]
    [InlineData(403, "SignatureDoesNotMatch", "secret key does not belong")]
    public async Task Test_RoleRefused_SaysWhy(int status, string code, string says)
    {
        await using var sts = await StubServer.StartAsync(status,
            $"""<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code><Message>raw</Message></Error></ErrorResponse>""", "text/xml");
        var report = await s3.TestAsync(s3.Settings("s3://acme", "a", "b", new { authentication_type = "IAM_ROLE", role_arn = Role, endpoint = sts.Endpoint }));
        report.Fault!.Code.ShouldBe(SourceFaultCode.SignInFailed);
        report.Fault.Step.ShouldBe("check credentials");
        report.Fault.Message.ShouldContain(says);
    }
}
