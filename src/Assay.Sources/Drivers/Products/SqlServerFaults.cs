using System.Data.Common;
using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Sql;

namespace Assay.Sources.Drivers.Products;

/// <summary>What SQL Server's error numbers mean.</summary>
internal static class SqlServerFaults
{
    public static SourceFault? Of(DbException answer, string step, SqlPlace place) => NumberOf(answer) switch
    {
        18456 or 18452 or 18470 or 40532 => SqlFaults.SignIn(step, place),
        18487 or 18488 => new(SourceFaultCode.SignInFailed, step, $"The password of user '{place.User}' has expired on {place.Server}. Set a new one there, then here."),
        4060 or 911 or 40613 => SqlFaults.NoCatalog(SqlSteps.Catalog, place) with { Step = step },
        40615 => new(SourceFaultCode.SignInFailed, step, $"The firewall of {place.Server} does not let in the address of this Assay. Have it added to the server's rules."),
        916 => SqlFaults.Denied(step, place, "a user for this login in the database"),
        229 or 230 or 262 or 297 or 300 or 371 or 2760 => SqlFaults.Denied(step, place,
            step is SqlSteps.Write ? "CREATE TABLE in the database, ALTER on the schema" : "GRANT SELECT, VIEW DEFINITION ON SCHEMA"),
        208 => new(SourceFaultCode.NotFound, step, "A table disappeared while it was looked at. Try again."),
        -2 or 1222 or 258 => SqlFaults.TimedOut(step, place),
        10928 or 10929 or 17809 => SqlFaults.TooMany(step, place),
        -2146893019 or 20 => SqlFaults.Tls(SqlSteps.SignIn, place) with { Step = step },
        -1 or 2 or 53 or 10060 or 10061 or 11001 => new(SourceFaultCode.ConnectionRefused, step, $"{place.Server} does not answer as SQL Server would. Check host and port, and that TCP/IP is switched on there."),
        64 or 109 or 121 or 233 or 10053 or 10054 or 6005 or 40197 => SqlFaults.Lost(step, place),
        { } number and > 0 => SqlFaults.Unknown(step, place, $"error {number}"),
        _ => null,
    };

    private static int? NumberOf(DbException answer) =>
        answer.GetType().GetProperty("Number")?.GetValue(answer) is { } number ? Convert.ToInt32(number, CultureInfo.InvariantCulture) : null;
}
