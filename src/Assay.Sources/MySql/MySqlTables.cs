using System.Text;
using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.MySql;

/// <summary>
/// Tables at MySQL and MariaDB. Statements that hold the rows, not LOAD DATA LOCAL: servers mostly forbid that, and one that may ask for a
/// file of Assay's machine could ask for another.
/// </summary>
internal sealed class MySqlTables(string database) : TransactionalDialect
{
    private const int MostScale = 30;

    // Marks are compared by their bytes: the server's collations take much for the same.
    protected override (string Table, string Batch) KeyTypes => ("VARBINARY(512)", "VARBINARY(1024)");

    public override string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public override string Table(string name) => $"{Quote(database)}.{Quote(name)}";

    public override string ColumnsOf(string table) =>
        $"SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = {Text(database)} AND BINARY TABLE_SCHEMA = BINARY {Text(database)} "
        + $"AND TABLE_NAME = {Text(table)} AND (BINARY TABLE_NAME = BINARY {Text(table)} OR @@lower_case_table_names > 0)";

    /// <summary>Sessions that write know escapes by backslash, whatever the server's default.</summary>
    public override string Text(string value)
    {
        var text = new StringBuilder(value.Length + 16).Append('\'');
        foreach (var c in value)
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '\'' => text.Append("\\'"),
                '\0' => text.Append("\\0"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                _ => text.Append(c),
            };
        return text.Append('\'').ToString();
    }

    public override bool HoldsZeroBytes => true;

    /// <summary>64 characters, of those that take three bytes at most.</summary>
    public override string? ProblemOf(string name) =>
        name.Length > 64 ? $"The name '{name}' has more than 64 characters, which is the most that the server takes."
        : name.Any(char.IsSurrogate) ? $"The name '{name}' has characters that the server takes in no name."
        : name.EndsWith(' ') ? $"The name '{name}' ends with a space, which the server takes in no name."
        : base.ProblemOf(name);

    protected override int LongestName => 64 * 3;

    protected override int MostDigits => 65;

    protected override bool IsText(TableColumn column) => base.IsText(column) || column.Scale > MostScale;

    protected override string Digits(TableColumn column) => column.Precision is null ? $"({MostDigits}, {MostScale})" : base.Digits(column);

    public override string Mark(string marks, string table, string batch) =>
        $"INSERT IGNORE INTO {Table(marks)} ({MarkColumns}) VALUES ({MarkValues(table, batch)})";

    // No TIMESTAMP: that ends in 2038, and shows every session another time.
    protected override TypeNames Types { get; } = new("BIGINT", "DOUBLE", "DECIMAL", "BOOLEAN", "DATE", "DATETIME(6)", "LONGTEXT");

    /// <summary>An engine with transactions, whatever the server's default.</summary>
    protected override string TableOptions(IReadOnlyList<TableColumn> columns) => " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4";
}
