using Assay.Sources.Files.Http;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>Writes the engine's calls for a bucket of something that speaks S3.</summary>
/// <param name="Root">The bucket's URL, with a slash at its end.</param>
/// <param name="Token">The session token of temporary keys; null for others.</param>
internal sealed record S3Place(string Bucket, Uri Root, string AccessKey, string SecretKey, string? Token)
{
    public string PathOf(string key) => $"{Bucket}/{key}";

    public string Files(EngineFiles files, string? cluster, Placeholders values) =>
        $"{EngineReach.Call("s3", cluster, values)}{Place(files.Paths.Text[(Bucket.Length + 1)..], values)}, {values.Value(files.Format)}"
        + $", {values.Value(files.Structure ?? "auto")}, {values.Value(files.Compression)})";

    public string Table(string format, string folderKey, string? cluster, Placeholders values) =>
        $"{EngineReach.Call(format == "delta" ? "deltaLake" : "icebergS3", cluster, values)}{Place(folderKey, values)})";

    private string Place(string key, Placeholders values)
    {
        var place = $"{values.Value(Root.AbsoluteUri + KeyPath.Escape(key))}, {values.Value(AccessKey)}, {values.Secret(SecretKey)}";
        return string.IsNullOrEmpty(Token) ? place : $"{place}, {values.Secret(Token)}";
    }
}
