using System.Globalization;
using System.Text;

namespace Assay.Sources.Writing.Tables;

/// <summary>How one product spells the tables that Assay writes: names, types, values, limits.</summary>
internal abstract class TableDialect
{
    /// <summary>An identifier as it stands in a statement, whatever characters it has.</summary>
    public virtual string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text as it stands in a statement.</summary>
    public virtual string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A table of the place that is written to.</summary>
    public abstract string Table(string name);

    /// <summary>A SELECT of the names of a table's columns; none where there is no such table.</summary>
    public abstract string ColumnsOf(string table);

    /// <summary>Which names of columns the product takes for the same.</summary>
    public virtual StringComparer Names => StringComparer.OrdinalIgnoreCase;

    /// <summary>Whether its texts can hold the zero byte; it becomes U+FFFD where not.</summary>
    public virtual bool HoldsZeroBytes => false;

    /// <summary>About how many characters of rows one statement gets. A single row may be longer.</summary>
    public virtual int StatementLength => 500_000;

    public virtual int RowsPerStatement => 1_000;

    /// <summary>Most bytes of a name.</summary>
    protected virtual int LongestName => 128;

    /// <summary>What keeps a name from being used; null where nothing does. Longer ones are refused rather than cut: two could become one.</summary>
    public virtual string? ProblemOf(string name) =>
        name.Length == 0 || name.Contains('\0') ? "A name must not be empty or hold a zero byte."
        : Encoding.UTF8.GetByteCount(name) > LongestName ? $"The name '{name}' has more than {LongestName} bytes, which is the most that the store takes."
        : null;

    /// <summary>What its types are called.</summary>
    protected abstract TypeNames Types { get; }

    public string Type(TableColumn column) => column.Type switch
    {
        TableType.Integral => Types.Integral,
        TableType.Fractional => Types.Fractional,
        TableType.Exact when !IsText(column) => Types.Exact + Digits(column),
        TableType.Boolean => Types.Boolean,
        TableType.Date => Types.Date,
        TableType.Timestamp => Types.Timestamp,
        _ => Types.Text,
    };

    /// <summary>A value of a column.</summary>
    /// <param name="cell">As <see cref="CellText"/> spells it.</param>
    public virtual string Value(TableColumn column, string cell) => column.Type switch
    {
        TableType.Integral => Number(column, cell),
        TableType.Fractional => IsFinite(cell) ? Float(Number(column, cell)) : NotFinite(cell),
        TableType.Exact when !IsText(column) => Exact(column, Number(column, cell)),
        TableType.Boolean => Boolean(cell == "true" ? true : cell == "false" ? false : throw Wrong(column)),
        TableType.Date => Date(cell),
        TableType.Timestamp => Timestamp(cell),
        _ => Text(cell),
    };

    /// <summary>Statements that make a table.</summary>
    public virtual IEnumerable<string> Create(string name, IReadOnlyList<TableColumn> columns) => [$"CREATE TABLE {Table(name)} ({Definitions(columns)}){TableOptions(columns)}"];

    /// <summary>Statements that add columns to a table.</summary>
    public virtual IEnumerable<string> Add(string name, IReadOnlyList<TableColumn> columns) =>
        columns.Select(column => $"ALTER TABLE {Table(name)} ADD COLUMN {Definition(column)}");

    /// <summary>What stands in front of the rows of an INSERT.</summary>
    public virtual string Insert(string name, IEnumerable<TableColumn> columns) => $"INSERT INTO {Table(name)} ({Listed(columns)}) VALUES ";

    /// <summary>What encloses a row of an INSERT, and what stands between two.</summary>
    public virtual (string Before, string After, string Between) Row => ("(", ")", ", ");

    public string Listed(IEnumerable<TableColumn> columns) => string.Join(", ", columns.Select(column => Quote(column.Name)));

    protected string Definitions(IEnumerable<TableColumn> columns) => string.Join(", ", columns.Select(Definition));

    protected virtual string TableOptions(IReadOnlyList<TableColumn> columns) => "";

    /// <summary>Whether an exact number has more digits than the product's, so that it is kept as text.</summary>
    protected virtual bool IsText(TableColumn column) => column.Type is TableType.Exact && (column.Precision ?? 0) > MostDigits;

    /// <summary>Most digits of an exact number.</summary>
    protected virtual int MostDigits => 38;

    /// <summary>Digits and scale of an exact number.</summary>
    protected virtual string Digits(TableColumn column) => column.Precision is { } digits ? $"({digits}, {column.Scale ?? 0})" : $"({MostDigits}, 10)";

    protected virtual string Float(string number) => number.Contains('E', StringComparison.OrdinalIgnoreCase) ? number : $"{number}E0";

    /// <summary>A value that no number is (inf, -inf, nan); NULL where the product has none.</summary>
    protected virtual string NotFinite(string cell) => "NULL";

    protected virtual string Exact(TableColumn column, string number) => number;

    protected virtual string Boolean(bool value) => value ? "TRUE" : "FALSE";

    protected virtual string Date(string day) => Text(day);

    /// <param name="moment">In UTC.</param>
    protected virtual string Timestamp(string moment) => Text(moment);

    protected static bool IsFinite(string cell) => cell is not ("inf" or "-inf" or "nan");

    private string Definition(TableColumn column) => $"{Quote(column.Name)} {Type(column)}";

    /// <summary>A number stands in the statement without quotes, so that nothing else may come as one.</summary>
    private static string Number(TableColumn column, string cell) =>
        cell.All(c => char.IsAsciiDigit(c) || c is '-' or '+' or '.' or 'e' or 'E') && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? cell : throw Wrong(column);

    private static ArgumentException Wrong(TableColumn column) => new($"A value for the column '{column.Name}' is no {column.Type}.");
}
