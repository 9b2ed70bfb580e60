using Assay.Sources.Network;

namespace Assay.Sources.S3;

/// <summary>Asks Amazon in which region a bucket lies: it tells anybody, in a header that comes even with a refusal.</summary>
internal sealed class BucketRegion(GuardedHttp http, string service = "https://s3.us-east-1.amazonaws.com")
{
    /// <returns>The region, or null where the service does not say; then requests to the default region tell what is wrong.</returns>
    public async Task<string?> FindAsync(string bucket, CancellationToken cancel)
    {
        using var client = http.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{service}/{Uri.EscapeDataString(bucket)}");
        using var answer = await client.SendAsync(request, cancel);
        return answer.Headers.TryGetValues("x-amz-bucket-region", out var values) ? values.FirstOrDefault() : null;
    }
}
