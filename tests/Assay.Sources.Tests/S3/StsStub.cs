using Assay.Sources.Tests.Files;
using Assay.Testing.S3;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Tests.S3;

/// <summary>Amazon's token service, which gives out the test server's key with a secret and a session token.</summary>
internal static class StsStub
{
    public static Task<StubServer> StartAsync(string secret, string token, Action<IFormCollection>? asked = null) => StubServer.StartAsync(async context =>
    {
        asked?.Invoke(await context.Request.ReadFormAsync());
        context.Response.ContentType = "text/xml";
        await context.Response.WriteAsync($"""
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>{S3Server.AccessKey}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>
            <SessionToken>{token}</SessionToken><Expiration>{DateTime.UtcNow.AddHours(1):O}</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>
            """);
    });
}
