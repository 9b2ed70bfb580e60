using Assay.Sources.Athena;
using Assay.Sources.BigQuery;
using Assay.Sources.Contract;
using Assay.Sources.Databricks;
using Assay.Sources.Dremio;
using Assay.Sources.Snowflake;
using Assay.Sources.Trino;
using Assay.Sources.Warehouses.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assay.Sources.Warehouses;

internal static class WarehouseRegistration
{
    /// <summary>Registers the vendors that are spoken to over HTTP.</summary>
    public static IServiceCollection AddWarehouses(this IServiceCollection services)
    {
        services.TryAddSingleton<WarehouseLog>();
        services.TryAddSingleton<WarehouseDoor>();
        return services
            .AddWritable(new SnowflakeWarehouse())
            .AddWritable(new DatabricksWarehouse())
            .AddDiscoverable<UnityWarehouse>()
            .AddWritable(new BigQueryWarehouse())
            .AddDiscoverable<AthenaWarehouse>()
            .AddDiscoverable<DremioWarehouse>()
            .AddWritable(new TrinoWarehouse(TrinoFlavor.Trino))
            .AddSingleton<IConnector>(provider => new WarehouseConnector(new TrinoWarehouse(TrinoFlavor.Presto), provider.GetRequiredService<WarehouseDoor>()));
    }

    private static IServiceCollection AddWritable(this IServiceCollection services, IWritableWarehouse warehouse) =>
        services.AddSingleton<IConnector>(provider => new WritableWarehouseConnector(warehouse, provider.GetRequiredService<WarehouseDoor>()));

    private static IServiceCollection AddDiscoverable<T>(this IServiceCollection services) where T : class, IWarehouse, new() =>
        services.AddSingleton<IConnector>(provider => new WarehouseCatalogConnector(new T(), provider.GetRequiredService<WarehouseDoor>()));
}
