namespace Assay.Server.Onboarding;

internal static class OnboardingRegistration
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services)
    {
        services.AddSingleton<TableSources>();
        services.AddScoped<Discovery>();
        services.AddSingleton<SchemaValidation>();
        services.AddScoped<BulkRuns>();
        services.AddScoped<BulkPlaces>();
        services.AddScoped<BulkGroundwork>();
        services.AddScoped<BulkPlanner>();
        services.AddScoped<BulkWriter>();
        services.AddScoped<BulkCreate>();
        return services;
    }
}
