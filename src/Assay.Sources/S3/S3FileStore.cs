using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Assay.Sources.Files.Reading;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.S3;

/// <summary>A bucket of a service that speaks S3.</summary>
/// <param name="scheme">How its locations begin: <c>s3</c>, or <c>gs</c> for Google's.</param>
internal sealed class S3FileStore(S3Settings settings, S3Access access, string scheme) : IFileStore
{
    public async IAsyncEnumerable<StoredFile> ListAsync(string prefix, int? pageSize, bool recursive, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = settings.Bucket,
            Prefix = prefix,
            MaxKeys = pageSize ?? 1000,
            Delimiter = recursive ? null : "/",
            // Keys may hold characters that XML cannot.
            Encoding = EncodingType.Url,
        };
        while (true)
        {
            var page = await SendAsync(FileSteps.List, (s3, stop) => s3.ListObjectsV2Async(request, stop), cancel);
            // The SDK takes any page of XML or HTML for a listing without objects.
            if (page.Name is null) throw S3Faults.NotS3(settings);
            foreach (var item in page.S3Objects ?? [])
            {
                var key = page.Encoding == EncodingType.Url ? Uri.UnescapeDataString(item.Key.Replace('+', ' ')) : item.Key;
                if (!key.EndsWith('/')) yield return new StoredFile(key, item.Size ?? 0, item.LastModified?.ToUniversalTime());
            }
            if (page.IsTruncated is not true) yield break;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    public async Task<Stream> OpenAsync(string key, long offset, long? count, CancellationToken cancel)
    {
        var request = new GetObjectRequest { BucketName = settings.Bucket, Key = key };
        if (offset > 0 || count is not null) request.ByteRange = new ByteRange(offset, count is null ? long.MaxValue : offset + count.Value - 1);
        var answer = await SendAsync(FileSteps.Read, (s3, stop) => s3.GetObjectAsync(request, stop), cancel);
        // A service that ignores ranges sends the whole object; no more than was asked for may be used of it.
        return count is null ? answer.ResponseStream : new BoundedStream(answer.ResponseStream, count.Value);
    }

    public Task WriteAsync(string key, Func<Stream> open, CancellationToken cancel) => SendAsync(
        FileSteps.Write,
        (s3, stop) => s3.PutObjectAsync(
            new PutObjectRequest { BucketName = settings.Bucket, Key = key, InputStream = open(), AutoCloseStream = true, UseChunkEncoding = false }, stop),
        cancel);

    public Task DeleteAsync(string key, CancellationToken cancel) => SendAsync(
        FileSteps.Delete, (s3, stop) => s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = settings.Bucket, Key = key }, stop), cancel);

    public async Task<EngineReach> ReachAsync(CancellationToken cancel)
    {
        try
        {
            return await access.ReachAsync(cancel);
        }
        catch (Exception refused) when (!cancel.IsCancellationRequested)
        {
            throw S3Faults.Of(refused, settings, FileSteps.Read);
        }
    }

    public string LocationOf(string key) => $"{scheme}://{settings.Bucket}/{key}";

    public void Dispose() => access.Dispose();

    private async Task<TResult> SendAsync<TResult>(string step, Func<AmazonS3Client, CancellationToken, Task<TResult>> send, CancellationToken cancel)
    {
        try
        {
            return await send(await access.ClientAsync(cancel), cancel);
        }
        catch (Exception refused) when (!cancel.IsCancellationRequested)
        {
            throw S3Faults.Of(refused, settings, step);
        }
    }
}
