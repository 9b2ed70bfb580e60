using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Network;

internal static class NetworkRegistration
{
    public static IServiceCollection AddHostPolicy(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IHostNames, SystemHostNames>();
        services.TryAddSingleton<LocalAddresses>();
        services.TryAddSingleton(provider => new OwnEndpoints(
            provider.GetRequiredService<LocalAddresses>(), provider.GetRequiredService<IHostNames>()));
        services.TryAddSingleton(provider => new HostPolicy(
            provider.GetRequiredService<IOptions<SourcesOptions>>().Value, provider.GetRequiredService<OwnEndpoints>(),
            provider.GetRequiredService<IHostNames>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<GuardedHttp>();
        return services;
    }
}
