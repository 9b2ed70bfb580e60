using Assay.Sources.Contract;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assay.Sources.Postgres;

internal static class PostgresRegistration
{
    public static IServiceCollection AddPostgres(this IServiceCollection services)
    {
        services.TryAddSingleton<PostgresFaultLog>();
        services.TryAddSingleton<PostgresDoor>();
        foreach (var spec in new[] { PostgresSpec.Postgres, PostgresSpec.Timescale })
            services.AddSingleton<IConnector>(provider => ActivatorUtilities.CreateInstance<PostgresConnector>(provider, spec));
        return services;
    }
}
