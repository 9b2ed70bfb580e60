using Amazon.Runtime;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.S3;

/// <summary>Why a role could not be assumed.</summary>
internal static class StsFaults
{
    public static SourceFault Of(AmazonServiceException refused, S3Settings settings)
    {
        var endpoint = settings.StsEndpoint ?? settings.Endpoint;
        if (HttpFaults.Of(refused, endpoint?.Authority ?? "AWS STS") is { } network) return network;
        return refused.ErrorCode switch
        {
            "AccessDenied" or "AccessDeniedException" => Fault(SourceFaultCode.SignInFailed,
                $"The role {settings.RoleArn} may not be assumed: its trust policy has to name the identity that Assay uses"
                + (settings.ExternalId is null ? ", and may ask for an external_id." : ", and this external_id.")),
            "InvalidClientTokenId" or "UnrecognizedClientException" => Fault(SourceFaultCode.SignInFailed, "The access key is not known to AWS."),
            "SignatureDoesNotMatch" => S3Faults.ClockOrKey(refused),
            "ExpiredToken" or "ExpiredTokenException" => Fault(SourceFaultCode.SignInFailed, "The credentials that should assume the role have expired."),
            "RegionDisabledException" => Fault(SourceFaultCode.SignInFailed, "AWS STS is switched off in this region for the account."),
            _ => Fault(SourceFaultCode.SourceError, $"The role could not be assumed ({S3Faults.SafeCode(refused)})."),
        };
    }

    private static SourceFault Fault(SourceFaultCode code, string message) => new(code, FileSteps.Credentials, message);
}
