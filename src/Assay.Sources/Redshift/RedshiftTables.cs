using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Redshift;

/// <summary>
/// Tables at Redshift. It has no COPY from a client (only from Amazon's stores, which Assay would need keys and a bucket for), so rows go in
/// statements, of up to 16 MB there. Its keys are declarations that nobody enforces.
/// </summary>
internal sealed class RedshiftTables(string schema) : TransactionalDialect
{
    /// <summary>Bytes of its longest text.</summary>
    private const int LongestText = 65_535;

    protected override (string Table, string Batch) KeyTypes => ("VARCHAR(512)", "VARCHAR(1024)");

    public override string Table(string name) => $"{Quote(schema)}.{Quote(name)}";

    // Names are kept in small letters there, quoted or not.
    public override string ColumnsOf(string table) =>
        $"SELECT column_name FROM svv_columns WHERE table_catalog = current_database() AND table_schema = {Text(schema)} AND LOWER(table_name) = LOWER({Text(table)})";

    protected override int LongestName => 127;

    public override int StatementLength => 4_000_000;

    public override int RowsPerStatement => 10_000;

    public override string? LockMarks(string marks) => $"LOCK {Table(marks)}";

    /// <summary>Longer texts are cut, and say so. A backslash is itself at one version and an escape at another, so that none stands in a constant.</summary>
    public override string Text(string value)
    {
        var text = CutText.To(LongestText, value);
        if (!text.Contains('\\')) return base.Text(text);
        var unused = Enumerable.Range(0xE000, 0x1000).Select(code => (char)code).First(c => !text.Contains(c));
        return $"REPLACE({base.Text(text.Replace('\\', unused))}, '{unused}', CHR(92))";
    }

    protected override string Exact(TableColumn column, string number) => $"CAST('{number}' AS DECIMAL{Digits(column)})";

    protected override string NotFinite(string cell) => $"CAST('{cell switch { "inf" => "Infinity", "-inf" => "-Infinity", _ => "NaN" }}' AS DOUBLE PRECISION)";

    protected override string Date(string day) => $"CAST('{day}' AS DATE)";

    protected override string Timestamp(string moment) => $"CAST('{moment}+00' AS TIMESTAMPTZ)";

    protected override TypeNames Types { get; } = new("BIGINT", "DOUBLE PRECISION", "DECIMAL", "BOOLEAN", "DATE", "TIMESTAMPTZ", $"VARCHAR({LongestText})");
}
