using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Sqlite;

/// <summary>Tables in an SQLite file. What a type is called decides what becomes of values: exact numbers of more digits than a real has are kept as text.</summary>
internal sealed class SqliteTables : TransactionalDialect
{
    private const int DigitsOfReals = 15;

    protected override (string Table, string Batch) KeyTypes => ("TEXT", "TEXT");

    public override string Table(string name) => $"main.{Quote(name)}";

    public override string ColumnsOf(string table) => $"SELECT name FROM pragma_table_xinfo({Text(table)})";

    protected override int LongestName => 1_000;

    /// <summary>Names that begin so are SQLite's own.</summary>
    public override string? ProblemOf(string name) =>
        name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase) ? $"The name '{name}' begins as SQLite's own do." : base.ProblemOf(name);

    public override bool HoldsZeroBytes => true;

    public override string Mark(string marks, string table, string batch) => $"INSERT OR IGNORE INTO {Table(marks)} ({MarkColumns}) VALUES ({MarkValues(table, batch)})";

    protected override bool IsText(TableColumn column) => column.Type is TableType.Exact && column.Precision is not <= DigitsOfReals;

    protected override TypeNames Types { get; } = new("INTEGER", "REAL", "NUMERIC", "BOOLEAN", "DATE", "TIMESTAMP", "TEXT");

    /// <summary>A value as the parameter of a statement.</summary>
    public static object Parameter(TableColumn column, string? cell) => (column.Type, cell) switch
    {
        (_, null) => DBNull.Value,
        (TableType.Integral, _) => long.Parse(cell, System.Globalization.CultureInfo.InvariantCulture),
        (TableType.Fractional, "inf") => double.PositiveInfinity,
        (TableType.Fractional, "-inf") => double.NegativeInfinity,
        // SQLite has no NaN.
        (TableType.Fractional, "nan") => DBNull.Value,
        (TableType.Fractional, _) => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture),
        (TableType.Boolean, _) => cell == "true" ? 1L : 0L,
        _ => cell,
    };
}
