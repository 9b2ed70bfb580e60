using Assay.Sources.Catalogue;
using Assay.Sources.ClickHouse;
using Assay.Sources.Contract;
using Assay.Sources.Drivers;
using Assay.Sources.Files;
using Assay.Sources.MySql;
using Assay.Sources.Network;
using Assay.Sources.Postgres;
using Assay.Sources.Redshift;
using Assay.Sources.Sqlite;
using Assay.Sources.Warehouses;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Assay.Sources;

public static class SourcesRegistration
{
    /// <summary>
    /// Registers the connector catalogue, every connector of this build, and the host policy they all go through. The host binds
    /// <see cref="SourcesOptions"/>, and tells <see cref="OwnEndpoints"/> where Assay listens.
    /// </summary>
    public static IServiceCollection AddSources(this IServiceCollection services, Action<SourcesOptions>? configure = null)
    {
        services.AddOptions<SourcesOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SourcesOptions>, SourcesOptionsValidator>());
        services.AddHostPolicy();
        services.AddFiles();
        services.AddPostgres();
        services.AddMySql();
        services.AddSqlite();
        services.AddRedshift();
        services.AddClickHouse();
        services.AddWarehouses();
        services.AddDrivers();
        services.AddSingleton(provider => new ConnectorCatalogue(provider.GetServices<IConnector>()));
        return services;
    }
}
