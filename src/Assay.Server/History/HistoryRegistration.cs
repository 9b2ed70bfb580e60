namespace Assay.Server.History;

internal static class HistoryRegistration
{
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddScoped<HistoryViews>();
        services.AddScoped<ActivityLog>();
        return services;
    }
}
