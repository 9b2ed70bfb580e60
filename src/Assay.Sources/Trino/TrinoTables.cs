using Assay.Sources.Warehouses;
using Assay.Sources.Warehouses.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Trino;

/// <summary>Tables of a Trino catalog. What its connector cannot do (deleting rows, some types), the server says.</summary>
internal sealed class TrinoTables(TrinoDialect sql, WarehousePlace place) : WarehouseTables(sql, place)
{
    public override string ColumnsOf(string table) => LowerColumnsOf(table, $"{Quote(Place.Catalog!)}.information_schema");

    protected override string Timestamp(string moment) => $"TIMESTAMP '{moment} UTC'";

    protected override TypeNames Types { get; } = new("BIGINT", "DOUBLE", "DECIMAL", "BOOLEAN", "DATE", "TIMESTAMP(6) WITH TIME ZONE", "VARCHAR");
}
