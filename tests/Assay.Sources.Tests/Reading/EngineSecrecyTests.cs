using Assay.Engine;
using Assay.Sources.Reading;
using Assay.Sources.Tests.Abfs;
using Assay.Sources.Tests.Files;
using Assay.Sources.Tests.Gcs;
using Assay.Sources.Tests.S3;
using Assay.Testing.Azure;
using Assay.Testing.S3;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Reading;

/// <summary>What the engine can tell of the credentials by which it reads: nothing, neither while a statement runs nor when it fails.</summary>
public sealed class EngineSecrecyTests(EngineFixture fixture) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> stubs = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var stub in stubs) await stub.DisposeAsync();
    }

    [Theory]
    [InlineData("s3 keys")]
    [InlineData("s3 role")]
    [InlineData("abfs key")]
    [InlineData("abfs principal")]
    [InlineData("gcs account")]
    [InlineData("gcs hmac")]
    public async Task Read_ByAnyCredentials_ShowsNoneOfThemInTheEngine(string credentials)
    {
        var (source, settings, secrets) = await PrepareAsync(credentials);
        var container = (await source.ListAsync(settings)).ShouldHaveSingleItem();
        container.Problem.ShouldBeNull();
        var described = await ((IReadable)source.Connector).DescribeReadAsync(
            new SourceTarget(settings, new SourceScope(RootPath: "/")), new ContainerRead { Container = container }, TestContext.Current.CancellationToken);
        await using var rows = await described.OpenAsync(fixture.Engine, TestContext.Current.CancellationToken);

        // The cross join makes the statement see itself, and whatever runs beside it, in the list of processes.
        var seen = await fixture.Engine.ListAsync(rows.Query($"SELECT formatRow('JSONEachRow', p.*), t.id FROM system.processes AS p CROSS JOIN ({rows.Sql}) AS t"));
        var failed = await Should.ThrowAsync<EngineException>(() => fixture.Engine.ListAsync(rows.Query($"SELECT throwIf(1, query) FROM system.processes CROSS JOIN ({rows.Sql}) AS t")));

        seen.ShouldAllBe(row => row.Get<long>(1) == 1);
        var processes = string.Concat(seen.Select(row => row.Get<string>(0)));
        processes.ShouldContain("x.csv");
        foreach (var secret in secrets)
        {
            rows.Sql.ShouldNotContain(secret);
            processes.ShouldNotContain(secret);
            failed.ToString().ShouldNotContain(secret);
        }
        // Nor the secret of the pass by which the gateway knows the engine.
        processes.ShouldContain("[HIDDEN]");
    }

    private async Task<(FileSource Source, ConnectionSettings Settings, string[] Secrets)> PrepareAsync(string credentials)
    {
        var source = fixture.Source(credentials.Split(' ')[0]);
        switch (credentials)
        {
            // The server does not verify signatures, so any secret will do.
            case "s3 keys" or "gcs hmac":
                var (server, bucket) = await BucketAsync();
                return (source, source.Settings($"{(credentials == "s3 keys" ? "s3" : "gs")}://{bucket}", S3Server.AccessKey, "very-s3cret-key", new { endpoint = server.Endpoint }), ["very-s3cret-key"]);
            case "s3 role":
                (server, bucket) = await BucketAsync();
                var sts = await StsStub.StartAsync("role-s3cret-key", "role-session-token");
                stubs.Add(sts);
                return (source, source.Settings($"s3://{bucket}", "AKIAOWN", "own-s3cret-key", new
                {
                    authentication_type = "IAM_ROLE",
                    role_arn = "arn:aws:iam::123456789012:role/assay",
                    endpoint = server.Endpoint,
                    sts_endpoint = sts.Endpoint,
                }), ["own-s3cret-key", "role-s3cret-key", "role-session-token"]);
            case "abfs key":
                var azure = await AzureBlobServer.SharedAsync();
                var container = await azure.CreateContainerAsync();
                await azure.PutAsync(container, "x.csv", "id\n1\n");
                return (source, source.Settings(
                    $"abfs://{container}@{AzureBlobServer.Account}.dfs.core.windows.net", AzureBlobServer.Account, AzureBlobServer.Key, new { endpoint = azure.Endpoint }), [AzureBlobServer.Key]);
            case "abfs principal":
                var blobs = await BlobStub.StartAsync("bearer-t0ken", new Dictionary<string, byte[]> { ["x.csv"] = "id\n1\n"u8.ToArray() });
                stubs.Add(blobs);
                source = Entra.Source(_ => Entra.Token("bearer-t0ken"), services => services.AddSingleton(fixture.Engine));
                return (source, source.Settings("abfs://data@acme.dfs.core.windows.net", "client-1", "cl13nt-s3cr3t",
                    new { authentication_type = "SERVICE_PRINCIPAL", tenant_id = "contoso.com", endpoint = blobs.Endpoint }), ["cl13nt-s3cr3t", "bearer-t0ken"]);
            default:
                var google = (await GcsStub.StartAsync()).With("x.csv", "id\n1\n");
                stubs.Add(google);
                return (source, source.Settings($"gs://{GcsStub.Bucket}", null, google.AccountKey(), new { endpoint = google.Endpoint }), [GcsStub.Token, "PRIVATE KEY"]);
        }
    }

    private static async Task<(S3Server Server, string Bucket)> BucketAsync()
    {
        var server = await S3Server.SharedAsync();
        var bucket = server.CreateBucket();
        server.Put(bucket, "x.csv", "id\n1\n");
        return (server, bucket);
    }
}
