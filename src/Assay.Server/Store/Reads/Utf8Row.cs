using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Server.Store.Reads;

/// <summary>The row that a reader stands on, its texts as bytes: SQLite shows them where they lie, without a copy.</summary>
internal sealed class Utf8Row(DbDataReader row)
{
    private readonly sqlite3_stmt? statement = (row as SqliteDataReader)?.Handle;

    public bool IsNull(int column) => statement is null ? row.IsDBNull(column) : raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => statement is null ? row.GetInt64(column) : raw.sqlite3_column_int64(statement, column);

    public double Fraction(int column) => row.GetDouble(column);

    /// <summary>Valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Text(int column) => statement is null ? row.GetFieldValue<byte[]>(column) : raw.sqlite3_column_blob(statement, column);
}
