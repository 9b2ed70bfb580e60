namespace Assay.Server.Teams;

internal static class TeamsRegistration
{
    public static IServiceCollection AddTeams(this IServiceCollection services)
    {
        services.AddScoped<TeamRoster>();
        services.AddScoped<TeamViews>();
        services.AddScoped<TeamDatastores>();
        services.AddScoped<TeamDesk>();
        return services;
    }
}
