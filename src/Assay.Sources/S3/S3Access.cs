using Amazon.Runtime;
using Amazon.S3;
using Assay.Sources.Files.Reading;
using Assay.Sources.Network;

namespace Assay.Sources.S3;

/// <summary>The way into one bucket: its region, found out once where nobody said it, the credentials, and a client with both.</summary>
internal sealed class S3Access(S3Settings settings, S3Clients clients, GuardedHttp http, HostPolicy policy) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private AmazonS3Client? client;

    private readonly AWSCredentials credentials = clients.CredentialsOf(settings);
    private string? region = settings.Region ?? (settings.Endpoint is null ? null : S3Clients.DefaultRegion);

    public async Task<AmazonS3Client> ClientAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (client is not null) return client;
            region ??= await new BucketRegion(http).FindAsync(settings.Bucket, cancel) ?? S3Clients.DefaultRegion;
            return client = clients.CreateS3(settings, region, credentials);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What the engine needs to go there by itself.</summary>
    public async Task<S3Reach> ReachAsync(CancellationToken cancel)
    {
        await ClientAsync(cancel);
        var service = settings.Endpoint ?? new Uri($"https://s3.{region}.amazonaws.com/");
        var root = settings.PathStyle
            ? new Uri(service, $"{settings.Bucket}/")
            : new UriBuilder(service) { Host = $"{settings.Bucket}.{service.Host}" }.Uri;
        await EngineAddress.CheckAsync(policy, root, cancel);
        return new S3Reach(settings.Bucket, root, await credentials.GetCredentialsAsync());
    }

    public void Dispose()
    {
        client?.Dispose();
        turn.Dispose();
    }
}
