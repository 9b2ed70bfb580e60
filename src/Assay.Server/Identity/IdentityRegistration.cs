using Assay.Server.Tokens;

namespace Assay.Server.Identity;

internal static class IdentityRegistration
{
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<TokenKey>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<DatastoreAccess>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<TokenUse>();
        services.AddHostedService(provider => provider.GetRequiredService<TokenUse>());
        return services;
    }
}
