using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Assay.Engine.Secrets;
using Assay.Sources.Tests.Files;
using Assay.Sources.Tests.S3;
using Assay.Sources.Tests.Sql;
using Assay.Testing.Postgres;
using Assay.Testing.S3;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Tests.Redshift;

/// <summary>Signing in by a role: on a stand-in for Amazon's interfaces that verifies signatures, and a real PostgreSQL behind the password that it gives out.</summary>
public sealed class RedshiftRoleTests
{
    private const string Region = "eu-west-1";
    private const string Secret = "role-s3cret";
    private const string Token = "role-token";

    private static ConnectionSettings Connection(PostgresServer server, StubServer sts, StubServer redshift, string? user, object more) => new()
    {
        Type = "redshift",
        Host = server.Host,
        Port = server.Port,
        Username = user,
        AccessKey = "AKIABASE",
        SecretKey = new Secret("base-s3cret"),
        Parameters = JsonSerializer.SerializeToElement(new { authentication_type = "iam_role", role_arn = "arn:aws:iam::123456789012:role/assay", region = Region, endpoint = redshift.Endpoint, sts_endpoint = sts.Endpoint })
            .EnumerateObject().Concat(JsonSerializer.SerializeToElement(more).EnumerateObject()).ToDictionary(p => p.Name, p => p.Value),
    };

    [Theory]
    [InlineData("GetClusterCredentials")]
    [InlineData("GetClusterCredentialsWithIAM")]
    [InlineData("RedshiftServerless.GetCredentials")]
    public async Task TestAsync_TemporaryPassword_LetsIn(string action)
    {
        var server = await PostgresServer.SharedAsync();
        var role = await server.CreateReaderAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, "CREATE VIEW svv_tables AS SELECT table_catalog, table_schema, table_name, table_type FROM information_schema.tables; GRANT SELECT ON svv_tables TO PUBLIC");
        string? asked = null;
        await using var sts = await StsStub.StartAsync(Secret, Token);
        await using var redshift = await StubServer.StartAsync(async context =>
        {
            var body = await BodyAsync(context.Request);
            var serverless = action.StartsWith("Redshift", StringComparison.Ordinal);
            if (!IsSigned(context.Request, body, serverless ? "redshift-serverless" : "redshift"))
            {
                context.Response.StatusCode = 403;
                await context.Response.WriteAsync("<Error><Code>SignatureDoesNotMatch</Code></Error>");
                return;
            }
            asked = serverless ? $"{context.Request.Headers["x-amz-target"]} {Encoding.UTF8.GetString(body)}" : Encoding.UTF8.GetString(body);
            await context.Response.WriteAsync(serverless
                ? JsonSerializer.Serialize(new { dbUser = role.Name, dbPassword = role.Password, expiration = 1.7e9 })
                : $"<{action}Response xmlns='http://redshift.amazonaws.com/doc/2012-12-01/'><{action}Result><DbUser>{role.Name}</DbUser><DbPassword>{HttpUtility.HtmlEncode(role.Password)}</DbPassword></{action}Result></{action}Response>");
        });
        object place = action.StartsWith("Redshift", StringComparison.Ordinal) ? new { workgroup = "wg" } : new { cluster = "examplecluster" };

        var report = await new SqlTarget(Connection(server, sts, redshift, action == "GetClusterCredentials" ? "analyst" : null, place), new SourceScope(database, "public")).TestAsync();

        report.Fault.ShouldBeNull();
        report.Steps.Select(s => s.Name).Take(3).ShouldBe(["check settings", "get temporary password", "resolve host"]);
        if (place.ToString()!.Contains("wg")) asked.ShouldBe($"RedshiftServerless.GetCredentials {{\"workgroupName\":\"wg\",\"dbName\":\"{database}\",\"durationSeconds\":900}}");
        else asked.ShouldBe($"Action={action}&Version=2012-12-01&ClusterIdentifier=examplecluster&DbName={database}&DurationSeconds=900{(action == "GetClusterCredentials" ? "&DbUser=analyst" : "")}");
    }

    [Theory]
    [InlineData(400, "<Error><Code>ClusterNotFound</Code></Error>", SourceFaultCode.NotFound)]
    [InlineData(403, "<Error><Code>AccessDenied</Code></Error>", SourceFaultCode.PermissionDenied)]
    [InlineData(403, "<Error><Code>ExpiredToken</Code></Error>", SourceFaultCode.SignInFailed)]
    [InlineData(200, "<html", SourceFaultCode.Unsupported)]
    public async Task TestAsync_Refusals_SayWhy(int status, string answer, SourceFaultCode code)
    {
        var server = await PostgresServer.SharedAsync();
        await using var sts = await StsStub.StartAsync(Secret, Token);
        await using var redshift = await StubServer.StartAsync(status, answer);
        (await new SqlTarget(Connection(server, sts, redshift, "analyst", new { cluster = "c" }), new SourceScope("dev", "public")).TestAsync()).ShouldFailWith(code, "get temporary password");
    }

    [Fact]
    public void Validate_Settings_TakesClusterAndRegionFromTheHost()
    {
        var connector = new SqlTarget(new ConnectionSettings { Type = "redshift" }, new SourceScope()).Connector;
        string[] Problems(string host, object parameters) => [.. connector.Validate(new ConnectionSettings
        {
            Type = "redshift", Host = host, Parameters = JsonSerializer.SerializeToElement(parameters).EnumerateObject().ToDictionary(p => p.Name, p => p.Value),
        }).Select(p => $"{string.Join('.', p.Field)} {p.Kind}")];
        const string Role = "arn:aws:iam::123456789012:role/assay";
        Problems("examplecluster.abc123.eu-west-1.redshift.amazonaws.com", new { authentication_type = "IAM_ROLE", role_arn = Role }).ShouldBeEmpty();
        Problems("wg.123456789012.eu-west-1.redshift-serverless.amazonaws.com", new { authentication_type = "IAM_ROLE", role_arn = Role, external_id = "x" }).ShouldBeEmpty();
        Problems("db.example.com", new { authentication_type = "IAM_ROLE" }).ShouldBe(["parameters.role_arn missing", "parameters.cluster missing", "parameters.region missing"], ignoreOrder: true);
        Problems("db.example.com", new { authentication_type = "KERBEROS" }).ShouldContain("parameters.authentication_type enum");
        Problems("db.example.com", new { role_arn = Role }).ShouldContain("parameters.role_arn extra_forbidden");
    }

    private static bool IsSigned(HttpRequest request, byte[] body, string service)
    {
        var parts = request.Headers.Authorization.ToString().Replace("AWS4-HMAC-SHA256 ", "").Split(", ").Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        var scope = parts["Credential"].Split('/', 2);
        var canonical = $"POST\n/\n\n{string.Concat(parts["SignedHeaders"].Split(';').Select(h => $"{h}:{request.Headers[h].ToString().Trim()}\n"))}\n{parts["SignedHeaders"]}\n{Convert.ToHexStringLower(SHA256.HashData(body))}";
        var toSign = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope[1]}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope[1].Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{Secret}"), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return scope[0] == S3Server.AccessKey && request.Headers["x-amz-security-token"] == Token && scope[1].EndsWith($"/{Region}/{service}/aws4_request", StringComparison.Ordinal)
            && parts["Signature"] == Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content);
        return content.ToArray();
    }
}
