using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Assay.Sources.Network;

namespace Assay.Sources.S3;

/// <summary>Makes the SDK's clients for a connection.</summary>
internal sealed class S3Clients(GuardedHttp http, TimeProvider time)
{
    /// <summary>The region that signatures name where nobody said one.</summary>
    public const string DefaultRegion = "us-east-1";

    /// <param name="region">Where the bucket lies.</param>
    public AmazonS3Client CreateS3(S3Settings settings, string region, AWSCredentials credentials)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = settings.PathStyle,
            AuthenticationRegion = region,
            // Checksums that only Amazon knows make other services refuse the request.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            ClientAppId = "Assay",
        };
        Address(config, settings.Endpoint, region);
        return new AmazonS3Client(credentials, config);
    }

    /// <summary>The connection's own keys, or those of its role for as long as they are good.</summary>
    public AWSCredentials CredentialsOf(S3Settings settings)
    {
        var own = settings.AccessKey is null ? null : new BasicAWSCredentials(settings.AccessKey, settings.SecretKey!.Reveal());
        return settings.RoleArn is null ? own! : new RoleCredentials(settings, () => CreateSts(settings, own), time);
    }

    private AmazonSecurityTokenServiceClient CreateSts(S3Settings settings, AWSCredentials? own)
    {
        var region = settings.Region ?? DefaultRegion;
        var config = new AmazonSecurityTokenServiceConfig { AuthenticationRegion = region, ClientAppId = "Assay" };
        Address(config, settings.StsEndpoint ?? settings.Endpoint, region);
        // Without keys of the connection the machine's own identity assumes the role, as the SDK finds it.
        return own is null ? new AmazonSecurityTokenServiceClient(config) : new AmazonSecurityTokenServiceClient(own, config);
    }

    private void Address(ClientConfig config, Uri? endpoint, string region)
    {
        if (endpoint is null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        else config.ServiceURL = endpoint.AbsoluteUri;
        config.HttpClientFactory = new GuardedAwsHttp(http);
        config.MaxErrorRetry = 2;
        config.RetryMode = RequestRetryMode.Standard;
        // A clock that is off is said so; the engine signs requests of its own and would trip over it later.
        config.DisableLogging = true;
    }
}
