using Assay.Sources.Contract;

namespace Assay.Sources.Warehouses;

/// <summary>A vendor whose catalogs and schemas can be discovered.</summary>
internal class WarehouseCatalogConnector(IWarehouse warehouse, WarehouseDoor door) : WarehouseConnector(warehouse, door), ICatalogConnector
{
    private readonly IWarehouse warehouse = warehouse;

    public Task<IReadOnlyList<CatalogEntry>> ListCatalogsAsync(ConnectionSettings settings, CancellationToken cancel) =>
        DiscoverAsync(settings, new WarehousePlace(), session => session.CatalogsAsync(cancel), cancel);

    public Task<IReadOnlyList<CatalogEntry>> ListSchemasAsync(ConnectionSettings settings, string? catalog, CancellationToken cancel) =>
        DiscoverAsync(settings, new WarehousePlace(catalog), session => session.SchemasAsync(catalog, cancel), cancel);

    private async Task<IReadOnlyList<CatalogEntry>> DiscoverAsync(
        ConnectionSettings settings, WarehousePlace place, Func<IWarehouseSession, Task<IReadOnlyList<CatalogEntry>>> read, CancellationToken cancel)
    {
        var access = Door.Checked(warehouse, settings);
        await using var opened = await Door.OpenAsync(warehouse, access, place, cancel);
        return await Door.Log.GuardAsync(() => read(opened.Session), WarehouseSteps.Catalog, access, place, cancel);
    }
}
