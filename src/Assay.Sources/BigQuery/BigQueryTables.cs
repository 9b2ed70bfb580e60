using Assay.Sources.Warehouses;
using Assay.Sources.Warehouses.Writing;
using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.BigQuery;

/// <summary>Tables at BigQuery.</summary>
internal sealed class BigQueryTables(BigQueryDialect sql, WarehousePlace place) : WarehouseTables(sql, place)
{
    private const int MostScale = 38;

    public override string ColumnsOf(string table) =>
        $"SELECT c.column_name FROM {Quote(Place.Catalog!)}.{Quote(Place.Schema!)}.INFORMATION_SCHEMA.COLUMNS c WHERE c.table_name = {Text(table)}";

    protected override int LongestName => 300;

    /// <summary>What its names may not have.</summary>
    public override string? ProblemOf(string name) =>
        name.IndexOfAny(['!', '"', '$', '(', ')', '*', ',', '.', '/', ';', '?', '@', '[', '\\', ']', '^', '`', '{', '}', '~']) is >= 0 and var at
            ? $"The name '{name}' has the character {name[at]}, which BigQuery takes in no name." : base.ProblemOf(name);

    /// <summary>All at once: a table may be changed only some times a minute.</summary>
    public override IEnumerable<string> Add(string name, IReadOnlyList<TableColumn> columns) =>
        columns.Count == 0 ? [] : [$"ALTER TABLE {Table(name)} {string.Join(", ", columns.Select(column => $"ADD COLUMN {Quote(column.Name)} {Type(column)}"))}"];

    /// <summary>It goes by itself should nobody drop it.</summary>
    public override IEnumerable<string> CreateStage(string name, IReadOnlyList<TableColumn> columns) =>
        [$"CREATE TABLE {Table(name)} ({Definitions(columns)}) OPTIONS (expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 1 DAY))"];

    protected override int MostDigits => 76;

    protected override bool IsText(TableColumn column) => column.Type is TableType.Exact && (column.Scale > MostScale || column.Precision - (column.Scale ?? 0) > MostScale);

    protected override string Digits(TableColumn column) => column.Precision is null ? "" : base.Digits(column);

    protected override string NotFinite(string cell) => $"CAST('{cell}' AS FLOAT64)";

    protected override string Exact(TableColumn column, string number) => $"CAST('{number}' AS BIGNUMERIC)";

    protected override string Timestamp(string moment) => $"TIMESTAMP '{moment}+00'";

    protected override TypeNames Types { get; } = new("INT64", "FLOAT64", "BIGNUMERIC", "BOOL", "DATE", "TIMESTAMP", "STRING");
}
