using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Assay.Server.Store;

/// <summary>Recognises a statement that would have left a reference to nothing, on either store.</summary>
internal static class ForeignKeyViolation
{
    private const int SqliteConstraintForeignKey = 787;
    private const int SqliteConstraintTrigger = 1811;

    public static bool IsForeignKeyViolation(this DbException problem) => problem switch
    {
        // A rule ON DELETE RESTRICT has a state of its own in newer servers.
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation,
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintForeignKey or SqliteConstraintTrigger,
        _ => false,
    };
}
