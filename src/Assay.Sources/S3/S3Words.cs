namespace Assay.Sources.S3;

/// <summary>How a service that speaks S3 calls itself and its rights, for messages.</summary>
internal sealed record S3Words(string Service, string List, string Read, string Write, string Delete)
{
    public static readonly S3Words Amazon = new("Amazon S3", "s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject");

    public static readonly S3Words Google = new(
        "Google Cloud Storage", "role Storage Object Viewer", "role Storage Object Viewer", "role Storage Object User", "role Storage Object User");
}
