using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.S3;

/// <summary>Says in plain words what a service that speaks S3 refused, and in which step of a connection test that belongs.</summary>
internal static partial class S3Faults
{
    public static SourceException Of(Exception refused, S3Settings settings, string step)
    {
        var fault = (refused as SourceException)?.Fault ?? HttpFaults.Of(refused, Endpoint(settings)) ?? refused switch
        {
            AmazonUnmarshallingException or System.Xml.XmlException => NotS3(settings).Fault,
            AmazonServiceException service => OfService(service, settings, step),
            _ => Fault(SourceFaultCode.SourceError, step, "The request could not be made."),
        };
        return new SourceException(fault, refused);
    }

    public static SourceException NotS3(S3Settings settings) => new(Fault(
        SourceFaultCode.SourceError, FileSteps.Endpoint, $"{Endpoint(settings)} does not answer like an S3 service: check the endpoint."));

    private static string Endpoint(S3Settings settings) => settings.Endpoint?.Authority ?? settings.Words.Service;

    /// <summary>A signature that does not match can also be an old one: STS and some services say so only in the message.</summary>
    public static SourceFault ClockOrKey(AmazonServiceException refused) =>
        refused.Message.Contains("Signature expired", StringComparison.OrdinalIgnoreCase) || refused.Message.Contains("not yet current", StringComparison.OrdinalIgnoreCase)
            ? Clock()
            : Fault(SourceFaultCode.SignInFailed, FileSteps.Credentials, "The secret key does not belong to the access key.");

    /// <summary>The service's own error code where it is nothing but a word.</summary>
    public static string SafeCode(AmazonServiceException refused) =>
        refused.ErrorCode is { } code && Word().IsMatch(code) ? code : $"HTTP {(int)refused.StatusCode}";

    private static SourceFault OfService(AmazonServiceException refused, S3Settings settings, string step) => refused.ErrorCode switch
    {
        "InvalidAccessKeyId" or "InvalidClientTokenId" => Fault(
            SourceFaultCode.SignInFailed, FileSteps.Credentials, "The access key is not known to the service."),
        "SignatureDoesNotMatch" => ClockOrKey(refused),
        "ExpiredToken" or "TokenRefreshRequired" or "InvalidToken" => Fault(
            SourceFaultCode.SignInFailed, FileSteps.Credentials, "The temporary credentials are not valid any more."),
        "RequestTimeTooSkewed" or "RequestExpired" => Clock(),
        "AccountProblem" or "AllAccessDisabled" or "NotSignedUp" => Fault(
            SourceFaultCode.SignInFailed, FileSteps.Credentials, "The service has shut this account out; ask it why."),
        "NoSuchBucket" => Fault(SourceFaultCode.NotFound, FileSteps.Bucket, $"There is no bucket '{settings.Bucket}'."),
        "InvalidBucketName" => Fault(SourceFaultCode.NotFound, FileSteps.Bucket, $"'{settings.Bucket}' cannot be a bucket's name."),
        "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" => WrongRegion(refused, settings),
        "NoSuchKey" => Fault(SourceFaultCode.NotFound, step, "The object does not exist any more."),
        "InvalidObjectState" => Fault(SourceFaultCode.PermissionDenied, step, "The object lies in an archive (Glacier) and has to be restored first."),
        "AccessDenied" => Denied(settings, step),
        "SlowDown" or "Throttling" or "ThrottlingException" => Fault(SourceFaultCode.TooManyConnections, step, "The service asks for fewer requests; try again later."),
        _ => ByStatus(refused, settings, step),
    };

    private static SourceFault ByStatus(AmazonServiceException refused, S3Settings settings, string step) => refused.StatusCode switch
    {
        HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => Denied(settings, step),
        HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect => WrongRegion(refused, settings),
        HttpStatusCode.NotFound when step is FileSteps.Read or FileSteps.Delete => Fault(SourceFaultCode.NotFound, step, "The object does not exist any more."),
        HttpStatusCode.NotFound => Fault(SourceFaultCode.NotFound, FileSteps.Bucket, $"There is no bucket '{settings.Bucket}' at this endpoint."),
        HttpStatusCode.ServiceUnavailable => Fault(SourceFaultCode.TooManyConnections, step, "The service is overloaded; try again later."),
        _ => Fault(SourceFaultCode.SourceError, step, $"The service refused ({SafeCode(refused)})."),
    };

    private static SourceFault Denied(S3Settings settings, string step) => Fault(SourceFaultCode.PermissionDenied, step, step switch
    {
        FileSteps.List => $"The credentials are not allowed to list the bucket '{settings.Bucket}' ({settings.Words.List}).",
        FileSteps.Read => $"The credentials are not allowed to read objects here ({settings.Words.Read}).",
        FileSteps.Write => $"The credentials are not allowed to write objects here ({settings.Words.Write}).",
        _ => $"The credentials are not allowed to delete objects here ({settings.Words.Delete}).",
    });

    private static SourceFault WrongRegion(AmazonServiceException refused, S3Settings settings)
    {
        var said = RegionElement().Match((refused as AmazonS3Exception)?.ResponseBody ?? "") is { Success: true } element ? element : ExpectedRegion().Match(refused.Message);
        var right = said.Success ? said.Groups[1].Value : null;
        return Fault(SourceFaultCode.InvalidSettings, FileSteps.Bucket,
            $"The bucket '{settings.Bucket}' does not lie in the region {settings.Region ?? S3Clients.DefaultRegion}"
            + (right is null ? ": set the parameter 'region' to the one it lies in." : $" but in {right}: set the parameter 'region' to that."));
    }

    private static SourceFault Clock() => Fault(
        SourceFaultCode.SignInFailed, FileSteps.Credentials,
        "The clocks of this machine and of the service differ by too much for signatures to be taken (more than 15 minutes on Amazon's): set this machine's clock.");

    private static SourceFault Fault(SourceFaultCode code, string step, string message) => new(code, step, message);

    [GeneratedRegex(@"expecting '([a-z0-9-]+)'")]
    private static partial Regex ExpectedRegion();

    [GeneratedRegex(@"<Region>([a-z0-9-]+)</Region>")]
    private static partial Regex RegionElement();

    [GeneratedRegex(@"^\w{1,60}$")]
    private static partial Regex Word();
}
