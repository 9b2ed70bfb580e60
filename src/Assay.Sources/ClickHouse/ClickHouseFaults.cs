using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Sql;

namespace Assay.Sources.ClickHouse;

/// <summary>What went wrong at a ClickHouse server, with a remedy.</summary>
internal static class ClickHouseFaults
{
    // ClickHouse's ErrorCodes.
    private const int UnknownUser = 192;
    private const int WrongPassword = 193;
    private const int AuthenticationFailed = 516;
    private const int UnknownDatabase = 81;
    private const int TooManyQueries = 202;
    private const int ReadOnly = 164;

    public static SourceFault Of(Exception exception, string step, SqlPlace place) => exception switch
    {
        SourceException known => known.Fault,
        EngineException { Code: UnknownUser or WrongPassword or AuthenticationFailed } => SqlFaults.SignIn(SqlSteps.SignIn, place),
        EngineException { Code: UnknownDatabase } => SqlFaults.NoCatalog(step, place),
        EngineException { Code: TooManyQueries } => SqlFaults.TooMany(step, place),
        EngineException { Fault: EngineFault.AccessDenied } or EngineException { Code: ReadOnly } => SqlFaults.Denied(step, place, "GRANT SELECT ON the database"),
        EngineException { Fault: EngineFault.Timeout } => SqlFaults.TimedOut(step, place),
        EngineException { Fault: EngineFault.UnknownTable } => new(SourceFaultCode.NotFound, step, "A table disappeared while it was looked at. Try again."),
        _ when SqlFaults.Common(exception, step, place) is { } common => common,
        EngineException { Fault: EngineFault.EngineUnavailable } => SqlFaults.Lost(step, place),
        EngineException { Code: { } code } => SqlFaults.Unknown(step, place, $"error {code}"),
        _ => SqlFaults.Unknown(step, place, null),
    };
}
