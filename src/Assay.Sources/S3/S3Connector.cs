using Assay.Sources.Contract;
using Assay.Sources.Files;
using Assay.Sources.Files.Stores;
using Assay.Sources.Network;

namespace Assay.Sources.S3;

/// <summary>Amazon S3, and services that speak its language at an endpoint of their own.</summary>
internal sealed class S3Connector(S3Clients clients, GuardedHttp http, HostPolicy policy, FileWork work) : FileConnector<S3Settings>(work)
{
    public override ConnectorSpec Spec { get; } = new()
    {
        Type = "s3",
        DisplayName = "Amazon S3",
        StoreType = StoreType.Dfs,
        SupportsEnrichment = true,
        Properties =
        [
            new() { Field = "uri", Title = "URI", Required = true, Placeholder = "s3://bucket" },
            FileProperties.AuthenticationType(S3Settings.SharedKey, S3Settings.IamRole),
            new() { Field = "access_key", Title = "Access key", Required = true, FilterField = "authentication_type", FilterValue = S3Settings.SharedKey },
            new() { Field = "secret_key", Title = "Secret key", Required = true, Secret = true, FilterField = "authentication_type", FilterValue = S3Settings.SharedKey },
            new() { Field = "role_arn", MapTo = "parameters", Title = "Role", Required = true, Placeholder = "arn:aws:iam::123456789012:role/assay", FilterField = "authentication_type", FilterValue = S3Settings.IamRole },
            new() { Field = "external_id", MapTo = "parameters", Title = "External id", FilterField = "authentication_type", FilterValue = S3Settings.IamRole },
            new() { Field = "region", MapTo = "parameters", Title = "Region", Info = "Found out by itself on Amazon's own service." },
            new() { Field = "endpoint", MapTo = "parameters", Endpoint = true, Title = "Endpoint", Placeholder = "https://storage.example.com:9000", Info = "For services other than Amazon's." },
            new() { Field = "path_style", MapTo = "parameters", Title = "Bucket in the path", Type = "boolean", Info = "On by default for other endpoints." },
            new() { Field = "sts_endpoint", MapTo = "parameters", Endpoint = true, Title = "STS endpoint", FilterField = "authentication_type", FilterValue = S3Settings.IamRole },
            FileProperties.RootPath,
        ],
    };

    protected override (S3Settings? Settings, IReadOnlyList<SettingProblem> Problems) Parse(ConnectionSettings settings) => S3Settings.Parse(settings);

    protected override OpenedStore Open(S3Settings settings) =>
        new(new S3FileStore(settings, new S3Access(settings, clients, http, policy), "s3"), settings.Bucket, settings.Prefix);
}
