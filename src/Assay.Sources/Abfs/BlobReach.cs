using Assay.Sources.Files.Reading;
using Assay.Sources.Reading;

namespace Assay.Sources.Abfs;

/// <summary>The engine's way into a container of Azure storage: by the account's key, or by a signature for a few hours.</summary>
/// <param name="sharedAccessSignature">Null where the key is used.</param>
internal sealed class BlobReach(AbfsSettings settings, string? sharedAccessSignature) : EngineReach
{
    private string Endpoint => settings.Endpoint.AbsoluteUri.TrimEnd('/');

    public override string PathOf(string key) => $"{settings.Container}/{key}";

    public override string Files(EngineFiles files, string? cluster, Placeholders values) =>
        $"{Call("azureBlobStorage", cluster, values)}{Place(files.Paths.Text[(settings.Container.Length + 1)..], values)}, {values.Value(files.Format)}"
        + $", {values.Value(files.Compression)}, {values.Value(files.Structure ?? "auto")})";

    public override string Table(string format, string folderKey, string? cluster, Placeholders values) =>
        $"{Call(format == "delta" ? "deltaLakeAzure" : "icebergAzure", cluster, values)}{Place(folderKey, values)})";

    private string Place(string key, Placeholders values) => sharedAccessSignature is null
        ? $"{values.Value(Endpoint)}, {values.Value(settings.Container)}, {values.Value(key)}, {values.Value(settings.Account)}, {values.Secret(settings.AccountKey!.Reveal())}"
        : $"{values.Secret($"BlobEndpoint={Endpoint};SharedAccessSignature={sharedAccessSignature}")}, {values.Value(settings.Container)}, {values.Value(key)}";
}
