using Amazon.Runtime;
using Assay.Sources.Network;

namespace Assay.Sources.S3;

/// <summary>Gives Amazon's SDK HTTP clients whose connections go through the host policy.</summary>
internal sealed class GuardedAwsHttp(GuardedHttp http) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(http.CreateHandler()) { Timeout = TimeSpan.FromMinutes(5) };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
