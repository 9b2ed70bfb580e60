using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Assay.Sources.Contract;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.S3;

/// <summary>Temporary keys of a role, asked for again shortly before they expire.</summary>
internal sealed class RoleCredentials(S3Settings settings, Func<AmazonSecurityTokenServiceClient> createSts, TimeProvider time) : AWSCredentials
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim turn = new(1);
    private ImmutableCredentials? keys;
    private DateTimeOffset expires;

    public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().GetAwaiter().GetResult();

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        await turn.WaitAsync();
        try
        {
            if (keys is null || time.GetUtcNow() > expires - Margin) await AssumeAsync();
            return keys!;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task AssumeAsync()
    {
        using var sts = createSts();
        try
        {
            var answer = await sts.AssumeRoleAsync(new AssumeRoleRequest
            {
                RoleArn = settings.RoleArn,
                ExternalId = settings.ExternalId,
                RoleSessionName = "assay",
                DurationSeconds = 3600,
            });
            keys = new ImmutableCredentials(answer.Credentials.AccessKeyId, answer.Credentials.SecretAccessKey, answer.Credentials.SessionToken);
            expires = answer.Credentials.Expiration ?? time.GetUtcNow().AddHours(1);
        }
        catch (AmazonServiceException refused)
        {
            throw new SourceException(StsFaults.Of(refused, settings), refused);
        }
        catch (AmazonClientException nobody) when (settings.AccessKey is null)
        {
            throw new SourceException(new SourceFault(
                SourceFaultCode.SignInFailed, FileSteps.Credentials,
                "This machine has no AWS identity that could assume the role: run Assay under one (instance role, task role, AWS_* variables), or give the connection an access key."), nobody);
        }
    }
}
