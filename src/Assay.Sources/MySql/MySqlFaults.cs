using Assay.Sources.Contract;
using Assay.Sources.Sql;
using Assay.Sources.Writing;
using MySqlConnector;

namespace Assay.Sources.MySql;

/// <summary>What the server's error numbers mean, with a remedy.</summary>
internal static class MySqlFaults
{
    // MariaDB's own numbers, which the driver's list lacks.
    private const int StatementTimeout = 1969;
    private const int AccountLocked = 4151;

    public static SourceFault Of(Exception exception, string step, SqlPlace place) => exception switch
    {
        MySqlException { Number: not 0 } answer when OfAnswer(answer, step, place) is { } fault => fault,
        _ when SqlFaults.Common(exception, step, place) is { } common => common,
        MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost } => SqlFaults.Lost(step, place),
        MySqlException answer => SqlFaults.Unknown(step, place, $"error {answer.Number}"),
        // What the driver says when the line goes while it reads a result.
        EndOfStreamException or ObjectDisposedException or InvalidOperationException => SqlFaults.Lost(step, place),
        _ => SqlFaults.Unknown(step, place, null),
    };

    private static SourceFault? OfAnswer(MySqlException answer, string step, SqlPlace place) => (int)answer.ErrorCode switch
    {
        1045 or 1698 => SqlFaults.SignIn(SqlSteps.SignIn, place),
        1130 => new(SourceFaultCode.SignInFailed, step, $"{place.Server} lets nobody in from the address of this Assay. Have the user created for that address, or for '%'."),
        1129 => new(SourceFaultCode.SignInFailed, step, $"{place.Server} has shut out the address of this Assay after too many broken connections. Have FLUSH HOSTS run there."),
        1820 or 1862 => new(SourceFaultCode.SignInFailed, step, $"The password of user '{place.User}' has expired on {place.Server}. Set a new one there, then here."),
        3118 or AccountLocked => new(SourceFaultCode.SignInFailed, step, $"User '{place.User}' is locked on {place.Server}. Needed: ALTER USER ... ACCOUNT UNLOCK."),
        1251 or 1524 or 2059 or 2061 => new(SourceFaultCode.SignInFailed, step,
            $"{place.Server} asks user '{place.User}' for a way to sign in that Assay does not use on this line. caching_sha2_password and passwords in clear text need TLS: set sslmode to require."),
        3159 => new(SourceFaultCode.TlsFailed, SqlSteps.Tls, $"{place.Server} takes encrypted connections only. Set the parameter sslmode to require."),
        1044 => new(SourceFaultCode.PermissionDenied, SqlSteps.Catalog,
            $"User '{place.User}' may not use database '{place.Database}', or there is none of that name. Needed: GRANT SELECT, SHOW VIEW ON the database."),
        1049 => SqlFaults.NoCatalog(SqlSteps.Catalog, place),
        1142 or 1143 or 1227 or 1370 => SqlFaults.Denied(step, place,
            step is SqlSteps.Write || WriteSteps.Have(step) ? "GRANT CREATE, DROP, INSERT, UPDATE, DELETE, ALTER, SELECT ON the database" : "GRANT SELECT, SHOW VIEW ON the database"),
        1153 when WriteSteps.Have(step) => new(SourceFaultCode.Unsupported, step, $"A row is longer than {place.Server} takes in one statement. Have max_allowed_packet raised there."),
        1021 or 1114 => new(SourceFaultCode.NoRoom, step, $"{place.Server} has no room left. Make room there; what waits is written then."),
        1146 => new(SourceFaultCode.NotFound, step, "A table disappeared while it was looked at. Try again."),
        1040 or 1203 or 1226 => SqlFaults.TooMany(step, place),
        1205 or StatementTimeout or 3024 => SqlFaults.TimedOut(step, place),
        1290 or 1792 or 1836 => new(SourceFaultCode.PermissionDenied, step, $"{place.Server} takes no changes: it is read-only."),
        1053 or 1077 or 1152 or 1153 or 1184 or 1927 or 2006 or 2013 => SqlFaults.Lost(step, place),
        0 or (int)MySqlErrorCode.UnableToConnectToHost or < 1000 => null,
        var number when answer.InnerException is null => SqlFaults.Unknown(step, place, $"error {number}"),
        _ => null,
    };
}
