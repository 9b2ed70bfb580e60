using Assay.Sources.Warehouses;
using Assay.Sources.Warehouses.Writing;
using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Databricks;

/// <summary>Tables of Delta at Databricks. Names of columns that files could not have are mapped to others there.</summary>
internal sealed class DatabricksTables(DatabricksDialect sql, WarehousePlace place) : WarehouseTables(sql, place)
{
    private const string Mapping = "('delta.columnMapping.mode' = 'name', 'delta.minReaderVersion' = '2', 'delta.minWriterVersion' = '5')";

    public override string ColumnsOf(string table) => LowerColumnsOf(table, $"{Quote(Place.Catalog!)}.information_schema");

    public override IEnumerable<string> Add(string name, IReadOnlyList<TableColumn> columns) =>
        [.. columns.Any(IsOdd) ? [$"ALTER TABLE {Table(name)} SET TBLPROPERTIES {Mapping}"] : Array.Empty<string>(), .. base.Add(name, columns)];

    protected override string TableOptions(IReadOnlyList<TableColumn> columns) => columns.Any(IsOdd) ? $" TBLPROPERTIES {Mapping}" : "";

    protected override string Timestamp(string moment) => $"TIMESTAMP '{moment}+00:00'";

    protected override TypeNames Types { get; } = new("BIGINT", "DOUBLE", "DECIMAL", "BOOLEAN", "DATE", "TIMESTAMP", "STRING");

    private static bool IsOdd(TableColumn column) => column.Name.IndexOfAny([' ', ',', ';', '{', '}', '(', ')', '\n', '\t', '=']) >= 0;
}
