using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Warehouses.Writing;

/// <summary>Tables at a vendor whose service is spoken to over HTTP. Most take a statement of a million characters, so that longer texts are cut.</summary>
internal abstract class WarehouseTables(SqlDialect sql, WarehousePlace place) : StagedDialect
{
    /// <summary>Bytes of the longest text that leaves room for others in a statement.</summary>
    private const int LongestText = 400_000;

    protected SqlDialect Sql => sql;
    protected WarehousePlace Place => place;

    public override string Quote(string name) => sql.Quote(name);

    public override string Table(string name) => sql.Table(place, name);

    public override string Text(string value) => sql.Text(CutText.To(LongestText, value));

    public override int StatementLength => 400_000;

    protected override int LongestName => 255;

    // Digits of many rows together could be more than one type of numbers has.
    protected override string Exact(TableColumn column, string number) => $"CAST('{number}' AS DECIMAL{Digits(column)})";

    protected override string NotFinite(string cell) => $"CAST('{cell switch { "inf" => "Infinity", "-inf" => "-Infinity", _ => "NaN" }}' AS DOUBLE)";

    protected override string Date(string day) => $"DATE '{day}'";

    /// <summary>The columns by the standard's information schema of a catalog that keeps names in small letters.</summary>
    protected string LowerColumnsOf(string table, string schemas) =>
        $"SELECT column_name FROM {schemas}.columns WHERE table_schema = {Text(place.Schema!.ToLowerInvariant())} AND table_name = {Text(table.ToLowerInvariant())}";
}
