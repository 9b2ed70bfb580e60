using System.Net.Sockets;
using System.Security.Authentication;
using Assay.Sources.Contract;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>Turns what the driver throws into a fault with a plain remedy. The driver's own text is never part of it.</summary>
internal static class PostgresFaults
{
    /// <param name="watch">How far the sign-in came; null once it was over.</param>
    public static SourceFault Of(Exception exception, string step, PostgresPlace place, SignInWatch? watch = null) => exception switch
    {
        SourceException known => known.Fault,
        PostgresException answer => OfAnswer(answer, step, place, watch),
        _ when Find<AuthenticationException>(exception) is not null => Tls(step, place),
        _ when Find<TimeoutException>(exception) is not null || exception is OperationCanceledException => TimedOut(step, place, watch),
        _ when Find<SocketException>(exception) is { } socket => OfSocket(socket, step, place),
        _ when Find<IOException>(exception) is not null => Lost(step, place),
        _ when watch is { PasswordAsked: false } => NotUnderstood(step, place, watch),
        NpgsqlException => Lost(step, place),
        _ => new(SourceFaultCode.SourceError, step, $"The conversation with {place.Server} failed in a way that Assay does not know; the server log of Assay has the details."),
    };

    private static SourceFault OfAnswer(PostgresException answer, string step, PostgresPlace place, SignInWatch? watch) => answer.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => new(SourceFaultCode.SignInFailed, step,
            $"{place.Server} refused the password of user '{place.Settings.Username}', or has no such user. Check user name and password."),
        PostgresErrorCodes.InvalidAuthorizationSpecification => new(SourceFaultCode.SignInFailed, step,
            $"{place.Server} does not let user '{place.Settings.Username}' into database '{place.Database}' from the address of this Assay"
            + (place.Settings.Tls is SslMode.Disable ? " without encryption. Set the parameter sslmode to require, or have the server's pg_hba.conf changed."
                : ". Have a line added to the server's pg_hba.conf, and see that the role may log in.")),
        PostgresErrorCodes.InvalidCatalogName => new(SourceFaultCode.CatalogNotFound, step,
            $"{place.Server} has no database '{place.Database}'. Names are compared letter by letter, upper and lower case apart."),
        PostgresErrorCodes.InvalidSchemaName => NoSchema(step, place),
        PostgresErrorCodes.InsufficientPrivilege when watch is not null => new(SourceFaultCode.PermissionDenied, PostgresSteps.Catalog,
            $"User '{place.Settings.Username}' may not connect to database '{place.Database}'. Needed: GRANT CONNECT ON DATABASE."),
        PostgresErrorCodes.InsufficientPrivilege => new(SourceFaultCode.PermissionDenied, step,
            $"User '{place.Settings.Username}' lacks the right for this step in database '{place.Database}'. docs/connectors/postgresql.md lists the grants."),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn when step == PostgresSteps.Rows => new(SourceFaultCode.NotFound, step,
            "A table or column that is read is not there, or not any more. A sync or a profile finds out what has changed; in a query, check the names."),
        PostgresErrorCodes.SyntaxError when step == PostgresSteps.Rows => new(SourceFaultCode.SourceError, step, $"{place.Server} does not understand the query: it is not one SELECT in PostgreSQL's SQL."),
        PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.DatatypeMismatch or PostgresErrorCodes.GroupingError when step == PostgresSteps.Rows => new(SourceFaultCode.SourceError, step,
            $"{place.Server} cannot compute the query (SQLSTATE {answer.SqlState}): it has no such function or operator for these types, or a column stands neither in GROUP BY nor in an aggregate."),
        PostgresErrorCodes.UndefinedTable => new(SourceFaultCode.NotFound, step, "A table disappeared while it was looked at. Try again."),
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded => new(SourceFaultCode.TooManyConnections, step,
            $"{place.Server} has no connection left for user '{place.Settings.Username}'. Close others, or raise max_connections or the role's limit."),
        PostgresErrorCodes.CannotConnectNow => new(SourceFaultCode.ConnectionLost, step, $"{place.Server} is starting up or shutting down. Try again in a moment."),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => Lost(step, place),
        PostgresErrorCodes.ReadOnlySqlTransaction => new(SourceFaultCode.PermissionDenied, step,
            $"{place.Server} takes no changes: it is a read-only replica, or the role's transactions are read-only."),
        PostgresErrorCodes.DiskFull => new(SourceFaultCode.NoRoom, step, $"{place.Server} has no room left on a disk. Make room there; what waits is written then."),
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable => TimedOut(step, place, watch),
        PostgresErrorCodes.ObjectNotInPrerequisiteState when watch is not null => new(SourceFaultCode.CatalogNotFound, PostgresSteps.Catalog,
            $"Database '{place.Database}' on {place.Server} takes no connections."),
        PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.UndefinedColumn => new(SourceFaultCode.Unsupported, step,
            $"{place.Server} lacks what Assay asks of it: PostgreSQL 12 or later is needed."),
        ['0', '8', ..] => Lost(step, place),
        _ => new(SourceFaultCode.SourceError, step, $"{place.Server} reported an error (SQLSTATE {answer.SqlState}); the server log of Assay has the details."),
    };

    public static SourceFault NoSchema(string step, PostgresPlace place) => new(SourceFaultCode.SchemaNotFound, step,
        $"Database '{place.Database}' has no schema '{place.Schema}'. Names are compared letter by letter, upper and lower case apart.");

    private static SourceFault OfSocket(SocketException socket, string step, PostgresPlace place) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new(SourceFaultCode.ConnectionRefused, step,
            $"Nothing takes connections at {place.Server}. Check the port, that the server runs, and that it listens on that address."),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => new(SourceFaultCode.ConnectionRefused, step,
            $"There is no way from this Assay to {place.Server}. Check routes and firewalls."),
        SocketError.TimedOut => TimedOut(step, place, null),
        _ => Lost(step, place),
    };

    private static SourceFault TimedOut(string step, PostgresPlace place, SignInWatch? watch) => new(SourceFaultCode.TimedOut, step, step switch
    {
        PostgresSteps.Connect => $"{place.Server} did not answer. A firewall may be swallowing the packets, or the address may be wrong.",
        _ when watch is { PasswordAsked: false } => $"{place.Server} took the connection but did not answer as PostgreSQL would. Check host and port.",
        _ when watch is not null => $"{place.Server} did not finish the sign-in in time. It may be overloaded.",
        _ => $"{place.Server} did not finish this step in time. It may be overloaded, or another session may hold a lock.",
    });

    private static SourceFault Tls(string step, PostgresPlace place) => new(SourceFaultCode.TlsFailed, step, place.Settings.Verifies
        ? $"The certificate of {place.Server} could not be verified. It must be valid, made for '{place.Settings.Host}' (verify-full), and descend from an authority this machine trusts or that sslrootcert names."
        : $"The TLS handshake with {place.Server} failed.");

    private static SourceFault NotUnderstood(string step, PostgresPlace place, SignInWatch watch) => step == PostgresSteps.Tls && !watch.TlsAgreed
        ? new(SourceFaultCode.TlsFailed, step, $"{place.Server} does not offer TLS, or is no PostgreSQL server. Have TLS switched on there, or set the parameter sslmode to prefer or disable.")
        : new(SourceFaultCode.SignInFailed, step, $"{place.Server} asks for a way to sign in that Assay does not use: Kerberos, a client certificate, or a password in clear text on a line that is not encrypted.");

    private static SourceFault Lost(string step, PostgresPlace place) => new(SourceFaultCode.ConnectionLost, step,
        $"The connection to {place.Server} broke. The server may have been stopped, or something between may have cut the line.");

    private static T? Find<T>(Exception exception) where T : Exception
    {
        for (var e = exception; e is not null; e = e.InnerException)
            if (e is T found)
                return found;
        return null;
    }
}
