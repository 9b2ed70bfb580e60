namespace Assay.Server.Users;

internal static class UsersRegistration
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddScoped<UserViews>();
        services.AddScoped<UserDesk>();
        services.AddScoped<UserDirectory>();
        return services;
    }
}
