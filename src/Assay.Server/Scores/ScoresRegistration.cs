using Assay.Server.Settings;

namespace Assay.Server.Scores;

internal static class ScoresRegistration
{
    public static IServiceCollection AddScores(this IServiceCollection services, AssaySettings settings)
    {
        services.AddScoped<ScoreDesk>();
        services.AddSingleton<ScoreCalculation>();
        if (settings.Works) services.AddHostedService<ScoreKeeper>();
        return services;
    }
}
