using Assay.Sources.Contract;
using Assay.Sources.Files;
using Assay.Sources.Files.Stores;
using Assay.Sources.Network;
using Assay.Sources.S3;

namespace Assay.Sources.Gcs;

/// <summary>Google Cloud Storage: service accounts by its JSON interface, HMAC keys by the one that speaks S3.</summary>
internal sealed class GcsConnector(S3Clients s3, GuardedHttp http, HostPolicy policy, TimeProvider time, FileWork work)
    : FileConnector<GcsSettings>(work)
{
    public override ConnectorSpec Spec { get; } = new()
    {
        Type = "gcs",
        DisplayName = "Google Cloud Storage",
        StoreType = StoreType.Dfs,
        SupportsEnrichment = true,
        Properties =
        [
            new() { Field = "uri", Title = "URI", Required = true, Placeholder = "gs://bucket" },
            FileProperties.AuthenticationType(GcsSettings.ServiceAccount, GcsSettings.Hmac),
            new() { Field = "secret_key", Title = "Service account key (JSON)", Type = "file", Required = true, Secret = true, FilterField = "authentication_type", FilterValue = GcsSettings.ServiceAccount },
            new() { Field = "access_key", Title = "HMAC access id", Required = true, FilterField = "authentication_type", FilterValue = GcsSettings.Hmac },
            new() { Field = "secret_key", Title = "HMAC secret", Required = true, Secret = true, FilterField = "authentication_type", FilterValue = GcsSettings.Hmac },
            new() { Field = "endpoint", MapTo = "parameters", Title = "Endpoint", Info = "For emulators and private addresses." },
            FileProperties.RootPath,
        ],
    };

    protected override (GcsSettings? Settings, IReadOnlyList<SettingProblem> Problems) Parse(ConnectionSettings settings) => GcsSettings.Parse(settings);

    protected override OpenedStore Open(GcsSettings settings) =>
        new(settings.Account is null ? OpenByHmac(settings) : OpenByAccount(settings, settings.Account), settings.Bucket, settings.Prefix);

    private GcsFileStore OpenByAccount(GcsSettings settings, GoogleAccount account) =>
        new(settings, new GoogleSignIn(account, http), http.CreateClient(), policy, time);

    private S3FileStore OpenByHmac(GcsSettings settings)
    {
        var asS3 = new S3Settings
        {
            Bucket = settings.Bucket,
            Prefix = settings.Prefix,
            AccessKey = settings.AccessKey,
            SecretKey = settings.SecretKey,
            Endpoint = settings.Endpoint,
            Region = S3Clients.DefaultRegion,
            PathStyle = true,
            Words = S3Words.Google,
        };
        return new S3FileStore(asS3, new S3Access(asS3, s3, http, policy), "gs");
    }
}
