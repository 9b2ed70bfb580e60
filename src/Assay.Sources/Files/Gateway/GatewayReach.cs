using Assay.Sources.Files.Reading;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Gateway;

/// <summary>The built-in engine's way to files of any store: through Assay's own gateway.</summary>
internal sealed class GatewayReach(GatewayPass pass) : EngineReach
{
    private readonly S3Place place = new(pass.View.Bucket, pass.Bucket, pass.AccessKey, pass.SecretKey, null);

    public override string PathOf(string key) => place.PathOf(key);

    public override string Files(EngineFiles files, string? cluster, Placeholders values) => place.Files(files, cluster, values);

    public override string Table(string format, string folderKey, string? cluster, Placeholders values) =>
        place.Table(format, TableFolder.Name, cluster, values);
}
