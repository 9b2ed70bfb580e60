using Assay.Sources.Abfs;
using Assay.Sources.Drivers.Products;
using Assay.Sources.Network;
using Assay.Sources.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Drivers;

internal static class DriversRegistration
{
    public static IServiceCollection AddDrivers(this IServiceCollection services)
    {
        services.TryAddSingleton<DriverStore>();
        foreach (var kind in new[] { SqlServerKind.SqlServer, SqlServerKind.Synapse, SqlServerKind.Fabric })
            services.AddSqlSource(p => new SqlServerSource(kind, Store(p), Policy(p), p.GetRequiredService<AzureSignIn>()));
        services.AddSqlSource(p => new OracleSource(Store(p), Policy(p)));
        services.AddSqlSource(p => new Db2Source(Store(p), Policy(p)));
        services.AddSqlSource(p => new TeradataSource(Store(p), Policy(p)));
        services.AddSqlSource(p => TemplateSource.Hive(Store(p), Policy(p)));
        services.AddSqlSource(p => TemplateSource.Any(Store(p), Policy(p)));
        services.AddSqlSource(p => new DuckDbSource(Store(p), Policy(p), p.GetRequiredService<IOptions<SourcesOptions>>()));
        return services;
    }

    private static DriverStore Store(IServiceProvider provider) => provider.GetRequiredService<DriverStore>();

    private static HostPolicy Policy(IServiceProvider provider) => provider.GetRequiredService<HostPolicy>();
}
