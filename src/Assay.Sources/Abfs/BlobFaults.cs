using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Abfs;

/// <summary>Says in plain words what Azure's blob service refused, and in which step of a connection test that belongs.</summary>
internal static partial class BlobFaults
{
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(15);

    public static SourceException Of(Exception failure, AbfsSettings settings, string step)
    {
        var host = settings.Endpoint.Authority;
        var fault = HttpFaults.Of(failure, host) switch
        {
            { Code: SourceFaultCode.HostNotFound } => Fault(SourceFaultCode.HostNotFound, FileSteps.Endpoint, $"There is no host {host}: check the account's name in the URI."),
            { } network => network,
            null when failure is XmlException => Fault(SourceFaultCode.SourceError, FileSteps.Endpoint, $"{host} does not answer like Azure's blob service: check the endpoint."),
            null => Fault(SourceFaultCode.SourceError, step, "The request could not be made."),
        };
        return new SourceException(fault, failure);
    }

    public static async Task<SourceException> OfAsync(HttpResponseMessage refused, AbfsSettings settings, string step, DateTimeOffset now, CancellationToken cancel)
    {
        var code = refused.Headers.TryGetValues("x-ms-error-code", out var values) ? values.First() : "";
        // The emulator says of a wrong key what Azure says of a firewall; the text tells them apart.
        if (code == "AuthorizationFailure" && (await refused.Content.ReadAsStringAsync(cancel)).Contains("failed to authenticate")) code = "AuthenticationFailed";
        var skewed = refused.Headers.Date is { } theirs && (theirs - now).Duration() > LargestSkew;
        return new SourceException(code switch
        {
            "AuthenticationFailed" or "RequestTimeTooSkewed" when skewed => Fault(
                SourceFaultCode.SignInFailed, FileSteps.Credentials,
                $"The clock of this machine is {(refused.Headers.Date!.Value - now).Duration().TotalMinutes:0} minutes off Azure's, more than signatures allow (15): set this machine's clock."),
            "AuthenticationFailed" => Fault(SourceFaultCode.SignInFailed, FileSteps.Credentials, settings.Principal is null
                ? $"The key is not one of the account '{settings.Account}'."
                : "Azure did not take the service principal's token."),
            "InvalidAuthenticationInfo" or "NoAuthenticationInformation" => Fault(SourceFaultCode.SignInFailed, FileSteps.Credentials, "Azure did not take the credentials."),
            "KeyBasedAuthenticationNotPermitted" => Fault(SourceFaultCode.SignInFailed, FileSteps.Credentials,
                $"Shared keys are switched off for the account '{settings.Account}': use a service principal."),
            "AuthorizationFailure" => Fault(SourceFaultCode.PermissionDenied, step,
                $"The account '{settings.Account}' refuses requests from here: its firewall may not know Assay's address."),
            "AuthorizationPermissionMismatch" or "InsufficientAccountPermissions" => Denied(step),
            "ContainerNotFound" or "InvalidResourceName" or "ContainerBeingDeleted" or "ContainerDisabled" => Fault(
                SourceFaultCode.NotFound, FileSteps.Bucket, $"There is no container '{settings.Container}' in the account '{settings.Account}'."),
            "ResourceNotFound" when step == FileSteps.List => Fault(
                SourceFaultCode.NotFound, FileSteps.Bucket, $"There is no container '{settings.Container}' in the account '{settings.Account}'."),
            "BlobNotFound" or "ResourceNotFound" => Fault(SourceFaultCode.NotFound, step, "The file does not exist any more."),
            "BlobArchived" or "BlobBeingRehydrated" => Fault(SourceFaultCode.PermissionDenied, step, "The file lies in the archive tier and has to be restored first."),
            "ServerBusy" or "OperationTimedOut" => Fault(SourceFaultCode.TooManyConnections, step, "Azure asks for fewer requests; try again later."),
            _ when refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => Denied(step),
            "" => Fault(SourceFaultCode.SourceError, FileSteps.Endpoint,
                $"{settings.Endpoint.Authority} does not answer like Azure's blob service (HTTP {(int)refused.StatusCode}): check the endpoint."),
            _ => Fault(SourceFaultCode.SourceError, step, $"Azure refused ({(Word().IsMatch(code) ? code : $"HTTP {(int)refused.StatusCode}")})."),
        });
    }

    private static SourceFault Denied(string step) => Fault(SourceFaultCode.PermissionDenied, step, step is FileSteps.Write or FileSteps.Delete
        ? "The credentials may not write here: the role 'Storage Blob Data Contributor' would do."
        : "The credentials may not read here: the role 'Storage Blob Data Reader' would do.");

    private static SourceFault Fault(SourceFaultCode code, string step, string message) => new(code, step, message);

    [GeneratedRegex(@"^\w{1,60}$")]
    private static partial Regex Word();
}
