using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Drivers.Products;

/// <summary>Tables at Db2.</summary>
internal sealed class Db2Tables(string schema) : TransactionalDialect
{
    /// <summary>Bytes of its longest text, but for large objects, which can be neither compared nor grouped; and of its longest constant.</summary>
    private const int LongestText = 32_672;

    protected override (string Table, string Batch) KeyTypes => ("VARCHAR(256)", "VARCHAR(512)");

    protected override string FromNothing => " FROM SYSIBM.SYSDUMMY1";

    public override string Table(string name) => $"{Quote(schema)}.{Quote(name)}";

    public override StringComparer Names => StringComparer.Ordinal;

    public override string ColumnsOf(string table) => $"SELECT COLNAME FROM SYSCAT.COLUMNS WHERE TABSCHEMA = {Text(schema)} AND TABNAME = {Text(table)}";

    protected override int LongestName => 128;

    // A statement has 2 MB at most.
    public override int StatementLength => 400_000;

    protected override int MostDigits => 31;

    public override string? LockMarks(string marks) => $"LOCK TABLE {Table(marks)} IN EXCLUSIVE MODE";

    public override string Text(string value) => base.Text(CutText.To(LongestText, value));

    protected override string Exact(TableColumn column, string number) => $"CAST('{number}' AS DECIMAL{Digits(column)})";

    protected override TypeNames Types { get; } = new("BIGINT", "DOUBLE", "DECIMAL", "BOOLEAN", "DATE", "TIMESTAMP(6)", $"VARCHAR({LongestText})");
}
