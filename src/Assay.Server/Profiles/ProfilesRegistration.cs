using Assay.Server.Identity;
using Assay.Server.Observability;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Running;

namespace Assay.Server.Profiles;

internal static class ProfilesRegistration
{
    public static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.AddSingleton<IOperationKind, ProfileKind>();
        services.AddSingleton<ProfileTargets>();
        services.AddSingleton<FreshStructures>();
        services.AddSingleton<ContainerProfiler>();
        services.AddSingleton<GroupProfiler>();
        services.AddSingleton<ProfileStore>();
        services.AddSingleton<IResourceLocator, ContainerProfileLocator>();
        services.AddSingleton<IResourceLocator, FieldProfileLocator>();
        services.AddScoped<ContainerProfileReads>();
        services.AddScoped<FieldProfileReads>();
        services.AddScoped<ObservabilityReads>();
        services.AddScoped<ContainerInsights>();
        return services;
    }
}
