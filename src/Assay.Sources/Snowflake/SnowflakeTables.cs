using Assay.Sources.Warehouses;
using Assay.Sources.Warehouses.Writing;
using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Snowflake;

/// <summary>Tables at Snowflake. Numbers with a fraction and moments go as texts, which it turns into the column's type: rows of one statement share one type otherwise.</summary>
internal sealed class SnowflakeTables(SnowflakeDialect sql, WarehousePlace place) : WarehouseTables(sql, place)
{
    /// <summary>Quoted names are told apart letter by letter.</summary>
    public override StringComparer Names => StringComparer.Ordinal;

    public override string ColumnsOf(string table) =>
        $"SELECT column_name FROM {Quote(Place.Catalog!)}.INFORMATION_SCHEMA.COLUMNS WHERE table_schema = {Text(Place.Schema!)} AND table_name = {Text(table)}";

    /// <summary>Without the days of history that others have.</summary>
    public override IEnumerable<string> CreateStage(string name, IReadOnlyList<TableColumn> columns) => [$"CREATE TRANSIENT TABLE {Table(name)} ({Definitions(columns)}) DATA_RETENTION_TIME_IN_DAYS = 0"];

    protected override string Float(string number) => $"'{number}'";

    protected override string NotFinite(string cell) => $"'{cell}'";

    protected override string Exact(TableColumn column, string number) => $"'{number}'";

    protected override string Date(string day) => $"'{day}'";

    protected override string Timestamp(string moment) => $"'{moment} +0000'";

    protected override TypeNames Types { get; } = new("BIGINT", "DOUBLE PRECISION", "DECIMAL", "BOOLEAN", "DATE", "TIMESTAMP_TZ", "VARCHAR");
}
