using Assay.Sources.Contract;
using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Warehouses.Writing;

/// <summary>A vendor where an enrichment store can lie.</summary>
internal sealed class WritableWarehouseConnector(IWritableWarehouse warehouse, WarehouseDoor door) : WarehouseCatalogConnector(warehouse, door), IWritable
{
    private readonly IWritableWarehouse warehouse = warehouse;

    public async Task<ITableWriter> OpenWriterAsync(SourceTarget target, CancellationToken cancel)
    {
        var (access, place) = (Door.Checked(warehouse, target.Connection), PlaceOf(target.Scope));
        var opened = await Door.OpenAsync(warehouse, access, place, cancel);
        return new StagedWriter(new WarehouseLine(opened, access, place, Door.Log), warehouse.TablesOf(access, place));
    }
}
