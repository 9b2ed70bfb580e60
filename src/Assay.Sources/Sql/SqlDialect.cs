using System.Data.Common;
using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql.Queries;
using Assay.Sources.Sql.Reading;

namespace Assay.Sources.Sql;

/// <summary>How a database spells the statements that read a table.</summary>
internal abstract class SqlDialect
{
    /// <summary>An identifier as it stands in a statement, whatever characters it has.</summary>
    public abstract string Quote(string name);

    /// <summary>The placeholder of a parameter with this name.</summary>
    public virtual string Parameter(string name) => $"@{name}";

    /// <summary>The table in a statement, with the schema in front where there is one.</summary>
    public virtual string Table(SqlPlace place, string name) =>
        string.Join('.', new[] { place.Database, place.Schema, name }.Where(part => part is not null).Select(part => Quote(part!)));

    /// <summary>The table's partition in a statement; null where it cannot be addressed.</summary>
    public virtual string? Partition(SqlPlace place, string table, PartitionStructure partition) => null;

    /// <summary>How a user's own query is told from several.</summary>
    public virtual QueryLexis Lexis => QueryLexis.Standard;

    /// <summary>The statement by which the columns of a query are found out.</summary>
    /// <param name="relation">The query in parentheses.</param>
    public virtual string Describing(string relation) => $"SELECT * FROM {relation} assay_rows WHERE 1 = 0";

    /// <summary>A column of a query, from what the driver says of it.</summary>
    public virtual FieldStructure Described(string name, int ordinal, string native, Type type, int? precision, int? scale) =>
        QueryColumns.ByValue(name, ordinal, native, type, precision, scale);

    /// <summary>A SELECT that ends after so many rows.</summary>
    public virtual string Limited(string select, long rows) => $"{select} LIMIT {rows.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>An expression that is another number from 0 to 1 for each row; null where none is known, so that every row is read for a sample.</summary>
    public virtual string? Chance => null;

    /// <summary>How a column is asked for and what the engine makes of it.</summary>
    public abstract SqlColumn Column(FieldStructure field, int position);

    /// <summary>Writes one value of a row for the engine.</summary>
    public virtual void Write(RowBinaryWriter writer, DbDataReader row, int ordinal, SqlColumn column) =>
        SqlRowWriter.Write(writer, row, ordinal, column.Kind, column.Field.Type);

    /// <summary>The type of a column that holds 32-bit whole numbers, for the probe of write rights.</summary>
    public virtual string IntegerType => "INTEGER";

    /// <summary>What an incremental bound is compared as.</summary>
    public virtual object Bound(FieldStructure field, object value) => value switch
    {
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value,
    };
}
