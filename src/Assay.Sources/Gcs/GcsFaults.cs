using System.Net;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Gcs;

/// <summary>Says in plain words what Google's storage refused, and in which step of a connection test that belongs.</summary>
internal static class GcsFaults
{
    public static SourceException Of(Exception failure, GcsSettings settings, string step) => new(
        HttpFaults.Of(failure, settings.Endpoint.Authority) ?? (failure is JsonException
            ? Fault(SourceFaultCode.SourceError, FileSteps.Endpoint, $"{settings.Endpoint.Authority} does not answer like Google Cloud Storage: check the endpoint.")
            : Fault(SourceFaultCode.SourceError, step, "The request could not be made.")),
        failure);

    public static SourceException Of(HttpResponseMessage refused, GcsSettings settings, string step) => new(refused.StatusCode switch
    {
        HttpStatusCode.Unauthorized => Fault(SourceFaultCode.SignInFailed, FileSteps.Credentials, "Google did not take the service account's token."),
        HttpStatusCode.Forbidden => Fault(SourceFaultCode.PermissionDenied, step,
            $"The service account {settings.Account!.Email} may not do this: the role '{(step is FileSteps.List or FileSteps.Read ? "Storage Object Viewer" : "Storage Object User")}' on the bucket would do."),
        HttpStatusCode.NotFound when step is FileSteps.Read or FileSteps.Delete => Fault(SourceFaultCode.NotFound, step, "The object does not exist any more."),
        HttpStatusCode.NotFound => Fault(SourceFaultCode.NotFound, FileSteps.Bucket, $"There is no bucket '{settings.Bucket}'."),
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => Fault(
            SourceFaultCode.TooManyConnections, step, "Google asks for fewer requests; try again later."),
        _ => Fault(SourceFaultCode.SourceError, step, $"Google refused (HTTP {(int)refused.StatusCode})."),
    });

    private static SourceFault Fault(SourceFaultCode code, string step, string message) => new(code, step, message);
}
