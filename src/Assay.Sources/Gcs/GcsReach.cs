using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Reading;
using Assay.Sources.Files.Stores;
using Assay.Sources.Reading;

namespace Assay.Sources.Gcs;

/// <summary>
/// The engine's way into a bucket with a service account's token: Google's interface that speaks S3 also takes it. The token is
/// good for an hour; a statement that runs longer fails when it opens another file.
/// </summary>
internal sealed class GcsReach(GcsSettings settings, string token) : EngineReach
{
    public override string PathOf(string key) => $"{settings.Bucket}/{key}";

    public override string Files(EngineFiles files, string? cluster, Placeholders values) =>
        $"{Call("s3", cluster, values)}{values.Value(settings.Endpoint.AbsoluteUri + KeyPath.Escape(files.Paths.Text))}, NOSIGN, {values.Value(files.Format)}"
        + $", {values.Value(files.Structure ?? "auto")}, {values.Value(files.Compression)}, headers('Authorization' = {values.Secret($"Bearer {token}")}))";

    public override string Table(string format, string folderKey, string? cluster, Placeholders values) =>
        throw new SourceException(new SourceFault(
            SourceFaultCode.Unsupported, FileSteps.Read, $"{format} tables on Google Cloud Storage are read with HMAC keys only, not with a service account."));
}
