using System.Net.Sockets;
using System.Security.Authentication;
using Assay.Sources.Contract;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Http;

/// <summary>Says what went wrong on the way to an HTTP service, before it could answer.</summary>
internal static class HttpFaults
{
    /// <summary>The fault of a failed request; null where the exception is about something else.</summary>
    /// <param name="endpoint">Host and port as the user knows them.</param>
    public static SourceFault? Of(Exception failure, string endpoint)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                // The host policy's verdict comes wrapped; its step is the first one here.
                case SourceException refused:
                    return refused.Fault with { Step = FileSteps.Endpoint };
                case AuthenticationException:
                    return Fault(SourceFaultCode.TlsFailed, $"{endpoint} offered no TLS certificate that this machine trusts for that name.");
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return Fault(SourceFaultCode.HostNotFound, $"The name of {endpoint} is not known to the name server.");
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return Fault(SourceFaultCode.ConnectionRefused, $"Nothing listens at {endpoint}.");
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                case TimeoutException:
                    return Fault(SourceFaultCode.TimedOut, $"{endpoint} did not answer in time.");
                case SocketException or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.ConnectionError }:
                    return Fault(SourceFaultCode.ConnectionLost, $"{endpoint} cannot be reached, or it closed the connection.");
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                    return Fault(SourceFaultCode.TlsFailed, $"{endpoint} does not speak TLS; if it is meant to be plain HTTP, write the endpoint with http://.");
            }
        }
        return failure is HttpRequestException or HttpIOException ? Fault(SourceFaultCode.ConnectionLost, $"{endpoint} gave no answer that could be read.") : null;
    }

    private static SourceFault Fault(SourceFaultCode code, string message) => new(code, FileSteps.Endpoint, message);
}
