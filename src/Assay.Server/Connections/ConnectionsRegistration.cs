using Assay.Server.Connections.Edits;
using Assay.Server.Connections.Reads;
using Assay.Server.Connections.SecretsManagers;
using Assay.Server.Secrets.Rotation;

namespace Assay.Server.Connections;

internal static class ConnectionsRegistration
{
    public static IServiceCollection AddConnectionDesk(this IServiceCollection services)
    {
        services.AddSingleton<SecretsManagerClient>();
        services.AddSingleton<ConnectionSecrets>();
        services.AddSingleton<ConnectionTwins>();
        services.AddSingleton<ConnectionDesk>();
        services.AddSingleton<ConnectionTester>();
        services.AddSingleton<ConnectionEdits>();
        services.AddScoped<ConnectionEditor>();
        services.AddScoped<ConnectionRemover>();
        services.AddScoped<ConnectionViews>();
        return services.AddSealedRows();
    }

    /// <summary>What a rotation of keys needs to know of connections.</summary>
    public static IServiceCollection AddSealedRows(this IServiceCollection services) => services.AddSingleton<ISealedRows, ConnectionSealedRows>();
}
