using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Drivers.Products;

/// <summary>Tables at SQL Server and Synapse. Synapse takes one row in VALUES only, so rows are a UNION of SELECTs; both give a column of such a type that fits all.</summary>
/// <param name="enforcesKeys">Whether a primary key keeps a second row out; Synapse takes keys only as declarations.</param>
internal sealed class SqlServerTables(string? database, string schema, bool enforcesKeys) : TransactionalDialect
{
    protected override (string Table, string Batch) KeyTypes => ("NVARCHAR(128) COLLATE Latin1_General_100_BIN2", "NVARCHAR(300) COLLATE Latin1_General_100_BIN2");

    protected override string PrimaryKey => enforcesKeys ? "PRIMARY KEY" : "PRIMARY KEY NONCLUSTERED";

    public override string Quote(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    /// <summary>A backslash at the end of a line would vanish together with the line's end.</summary>
    public override string Text(string value)
    {
        var text = $"N{base.Text(value)}";
        return value.Contains("\\\n", StringComparison.Ordinal) || value.Contains("\\\r", StringComparison.Ordinal)
            ? $"CAST(N'' AS NVARCHAR(MAX)) + {text.Replace("\\\n", "\\' + N'\n", StringComparison.Ordinal).Replace("\\\r", "\\' + N'\r", StringComparison.Ordinal)}" : text;
    }

    public override string Table(string name) => string.Join('.', new[] { database, schema, name }.OfType<string>().Select(Quote));

    public override string ColumnsOf(string table) => $"SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = {Text(schema)} AND TABLE_NAME = {Text(table)}";

    protected override int LongestName => 128;

    // A long UNION takes the server long to make a plan of.
    public override int RowsPerStatement => 500;

    public override (string Before, string After, string Between) Row => ("SELECT ", "", " UNION ALL ");

    public override string Insert(string name, IEnumerable<TableColumn> columns) => $"INSERT INTO {Table(name)} ({Listed(columns)}) ";

    public override IEnumerable<string> Add(string name, IReadOnlyList<TableColumn> columns) => base.Add(name, columns).Select(sql => sql.Replace($"ALTER TABLE {Table(name)} ADD COLUMN ", $"ALTER TABLE {Table(name)} ADD ", StringComparison.Ordinal));

    public override string? LockMarks(string marks) => enforcesKeys ? $"SELECT TOP (1) 1 FROM {Table(marks)} WITH (TABLOCKX, HOLDLOCK)" : null;

    // As text: digits of many rows together could be more than one type of numbers has.
    protected override string Exact(TableColumn column, string number) => $"'{number}'";

    protected override string Boolean(bool value) => value ? "1" : "0";

    protected override string Date(string day) => $"'{day}'";

    protected override string Timestamp(string moment) => $"'{moment.Replace(' ', 'T')}'";

    // In UTC; a type with a zone would be one that clients show in theirs.
    protected override TypeNames Types { get; } = new("BIGINT", "FLOAT", "DECIMAL", "BIT", "DATE", "DATETIME2(6)", "NVARCHAR(MAX)");

    /// <summary>Synapse's usual kind of table, sorted by column, takes no NVARCHAR(MAX).</summary>
    protected override string TableOptions(IReadOnlyList<TableColumn> columns) => enforcesKeys ? "" : " WITH (HEAP)";
}
