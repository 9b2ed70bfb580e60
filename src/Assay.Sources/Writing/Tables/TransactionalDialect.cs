namespace Assay.Sources.Writing.Tables;

/// <summary>A product whose transactions hold a batch and its mark together.</summary>
internal abstract class TransactionalDialect : TableDialect
{
    private static readonly TableColumn written = new("written", TableType.Timestamp);

    /// <summary>The type of the marks' keys: a table's name and a batch's, told apart letter by letter.</summary>
    protected abstract (string Table, string Batch) KeyTypes { get; }

    protected virtual string PrimaryKey => "PRIMARY KEY";

    /// <summary>What a SELECT of constants has behind it.</summary>
    protected virtual string FromNothing => "";

    public virtual string CreateMarks(string marks) =>
        $"CREATE TABLE {Table(marks)} ({Quote("table_name")} {KeyTypes.Table} NOT NULL, {Quote("batch")} {KeyTypes.Batch} NOT NULL, {Quote(written.Name)} {Type(written)}, "
        + $"{PrimaryKey} ({Quote("table_name")}, {Quote("batch")}){(PrimaryKey.Contains("NONCLUSTERED", StringComparison.Ordinal) ? " NOT ENFORCED" : "")}){TableOptions([])}";

    /// <summary>Has other writers wait until this transaction ends, where the product would let both set the same mark; null where keys see to that.</summary>
    public virtual string? LockMarks(string marks) => null;

    /// <summary>Sets a mark unless it is there, and tells by the number of rows which of the two it was.</summary>
    public virtual string Mark(string marks, string table, string batch) =>
        $"INSERT INTO {Table(marks)} ({MarkColumns}) SELECT {MarkValues(table, batch)}{FromNothing} "
        + $"WHERE NOT EXISTS (SELECT 1 FROM {Table(marks)} WHERE {Quote("table_name")} = {Text(table)} AND {Quote("batch")} = {Text(batch)})";

    protected string MarkColumns => $"{Quote("table_name")}, {Quote("batch")}, {Quote(written.Name)}";

    protected string MarkValues(string table, string batch) => $"{Text(table)}, {Text(batch)}, {Value(written, CellText.Of(DateTimeOffset.UtcNow)!)}";
}
