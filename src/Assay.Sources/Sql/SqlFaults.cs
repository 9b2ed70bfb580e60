using System.Net.Sockets;
using System.Security.Authentication;
using Assay.Sources.Contract;

namespace Assay.Sources.Sql;

/// <summary>What is said about faults that all databases have, and the exceptions that all drivers throw.</summary>
internal static class SqlFaults
{
    /// <summary>What the exception means whatever the driver; null where only the driver's own vocabulary tells.</summary>
    public static SourceFault? Common(Exception exception, string step, SqlPlace place) => exception switch
    {
        SourceException known => known.Fault,
        _ when Find<SourceException>(exception) is { } known => known.Fault,
        _ when Find<AuthenticationException>(exception) is not null => Tls(step, place),
        _ when Find<TimeoutException>(exception) is not null || exception is OperationCanceledException => TimedOut(step, place),
        _ when Find<SocketException>(exception) is { } socket => OfSocket(socket, step, place),
        _ when Find<IOException>(exception) is not null => Lost(step, place),
        _ => null,
    };

    public static SourceFault Unknown(string step, SqlPlace place, string? code) => new(SourceFaultCode.SourceError, step,
        code is null ? $"The conversation with {place.Server} failed in a way that Assay does not know; the server log of Assay has the details."
            : $"{place.Server} reported an error ({code}); the server log of Assay has the details.");

    public static SourceFault SignIn(string step, SqlPlace place) => new(SourceFaultCode.SignInFailed, step,
        $"{place.Server} refused user '{place.User}': the password is wrong, there is no such user, or it may not come from the address of this Assay. Check user name and password.");

    public static SourceFault NoCatalog(string step, SqlPlace place) => new(SourceFaultCode.CatalogNotFound, step,
        $"{place.Server} has no database '{place.Database}'. Check the spelling, upper and lower case too.");

    public static SourceFault NoSchema(string step, SqlPlace place) => new(SourceFaultCode.SchemaNotFound, step,
        $"{(place.Database is null ? place.Server : $"Database '{place.Database}'")} has no schema '{place.Schema}', or user '{place.User}' may not see it. Check the spelling, upper and lower case too.");

    public static SourceFault Denied(string step, SqlPlace place, string needed) => new(SourceFaultCode.PermissionDenied, step,
        $"User '{place.User}' lacks a right that this step needs. Needed: {needed}.");

    public static SourceFault TooMany(string step, SqlPlace place) => new(SourceFaultCode.TooManyConnections, step,
        $"{place.Server} has no connection left for user '{place.User}'. Close others, or raise the limit.");

    public static SourceFault Lost(string step, SqlPlace place) => new(SourceFaultCode.ConnectionLost, step,
        $"The connection to {place.Server} broke. The server may have been stopped, or something between may have cut the line.");

    public static SourceFault TimedOut(string step, SqlPlace place) => new(SourceFaultCode.TimedOut, step, step switch
    {
        SqlSteps.Connect => $"{place.Server} did not answer. A firewall may be swallowing the packets, or the address may be wrong.",
        SqlSteps.Tls or SqlSteps.SignIn => $"{place.Server} took the connection but did not finish the sign-in in time. Check host and port; the server may be overloaded.",
        _ => $"{place.Server} did not finish this step in time. It may be overloaded, or another session may hold a lock.",
    });

    public static SourceFault Tls(string step, SqlPlace place) => new(SourceFaultCode.TlsFailed, step is SqlSteps.SignIn ? SqlSteps.Tls : step,
        $"The TLS handshake with {place.Server} failed, or its certificate could not be verified. A verified certificate must be valid, made for this host, and descend from a trusted authority.");

    public static T? Find<T>(Exception exception) where T : Exception
    {
        for (var e = exception; e is not null; e = e.InnerException)
            if (e is T found)
                return found;
        return null;
    }

    private static SourceFault OfSocket(SocketException socket, string step, SqlPlace place) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new(SourceFaultCode.ConnectionRefused, step,
            $"Nothing takes connections at {place.Server}. Check the port, that the server runs, and that it listens on that address."),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => new(SourceFaultCode.ConnectionRefused, step,
            $"There is no way from this Assay to {place.Server}. Check routes and firewalls."),
        SocketError.TimedOut => TimedOut(step, place),
        _ => Lost(step, place),
    };
}
