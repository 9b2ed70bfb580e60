using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Warehouses.Writing;

/// <summary>A vendor where Assay can write tables.</summary>
internal interface IWritableWarehouse : IWarehouse
{
    StagedDialect TablesOf(WarehouseAccess access, WarehousePlace place);
}
