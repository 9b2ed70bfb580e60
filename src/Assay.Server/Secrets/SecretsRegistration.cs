using Assay.Server.Secrets.Rotation;

namespace Assay.Server.Secrets;

internal static class SecretsRegistration
{
    public static IServiceCollection AddVault(this IServiceCollection services, Settings.AssaySettings settings)
    {
        services.AddSingleton(_ => MasterKeys.Load(settings));
        services.AddSingleton<Vault>();
        services.AddSingleton<ISealedRows, InstallationSealedRows>();
        services.AddSingleton<Resealing>();
        services.AddSingleton<KeyRotation>();
        services.AddSingleton<RotationLock>();
        return services;
    }
}
