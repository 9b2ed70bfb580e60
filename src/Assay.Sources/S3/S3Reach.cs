using Amazon.Runtime;
using Assay.Sources.Files.Reading;
using Assay.Sources.Reading;

namespace Assay.Sources.S3;

/// <summary>The way of a ClickHouse server into a bucket of a service that speaks S3.</summary>
/// <param name="root">The bucket's URL, with a slash at its end.</param>
internal sealed class S3Reach(string bucket, Uri root, ImmutableCredentials keys) : EngineReach
{
    private readonly S3Place place = new(bucket, root, keys.AccessKey, keys.SecretKey, keys.Token);

    public override string PathOf(string key) => place.PathOf(key);

    public override string Files(EngineFiles files, string? cluster, Placeholders values) => place.Files(files, cluster, values);

    public override string Table(string format, string folderKey, string? cluster, Placeholders values) => place.Table(format, folderKey, cluster, values);
}
