using System.Data.Common;
using Assay.Sources.Contract;

namespace Assay.Sources.Sql;

/// <summary>What the standard's SQLSTATEs mean, for drivers that give them.</summary>
internal static class SqlStates
{
    public static SourceFault? Of(DbException answer, string step, SqlPlace place) => answer.SqlState switch
    {
        "28000" or "28P01" => SqlFaults.SignIn(step, place),
        "3D000" or "08004" => SqlFaults.NoCatalog(step, place),
        "3F000" => SqlFaults.NoSchema(step, place),
        "42501" or "42502" => SqlFaults.Denied(step, place, "GRANT SELECT on the tables"),
        "42S02" or "42P01" or "42704" => new(SourceFaultCode.NotFound, step, "A table disappeared while it was looked at. Try again."),
        "57014" or "HYT00" or "HYT01" => SqlFaults.TimedOut(step, place),
        "08001" => new(SourceFaultCode.ConnectionRefused, step, $"{place.Server} does not take the connection. Check host and port."),
        ['0', '8', ..] => SqlFaults.Lost(step, place),
        _ => null,
    };
}
