using Assay.Sources.Contract;
using Assay.Sources.Sql.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Sql;

internal static class SqlRegistration
{
    /// <summary>Registers a connector for a kind of database.</summary>
    public static IServiceCollection AddSqlSource(this IServiceCollection services, Func<IServiceProvider, SqlSource> source)
    {
        services.TryAddSingleton<SqlFaultLog>();
        return services.AddSingleton<IConnector>(provider =>
        {
            var (made, faults) = (source(provider), provider.GetRequiredService<SqlFaultLog>());
            var (options, time) = (provider.GetRequiredService<IOptions<SourcesOptions>>(), provider.GetRequiredService<TimeProvider>());
            return made.Spec.SupportsEnrichment ? new WritableSqlConnector(made, faults, options, time) : new SqlConnector(made, faults, options, time);
        });
    }
}
