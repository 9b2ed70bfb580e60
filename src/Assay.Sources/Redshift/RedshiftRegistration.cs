using Assay.Sources.Network;
using Assay.Sources.Postgres;
using Assay.Sources.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Redshift;

internal static class RedshiftRegistration
{
    public static IServiceCollection AddRedshift(this IServiceCollection services) =>
        services.AddSqlSource(provider => new RedshiftSource(
            provider.GetRequiredService<PostgresDoor>(), new RedshiftPasswords(provider.GetRequiredService<GuardedHttp>(), provider.GetRequiredService<TimeProvider>())));
}
