using Assay.Server.Checks.DryRuns;
using Assay.Server.Checks.Inference;
using Assay.Server.Checks.Promotion;
using Assay.Server.Checks.Reads;
using Assay.Server.Checks.Results;
using Assay.Server.Checks.Templates;
using Assay.Server.Checks.Writes;

namespace Assay.Server.Checks;

internal static class ChecksRegistration
{
    public static IServiceCollection AddChecks(this IServiceCollection services)
    {
        services.AddScoped<CheckAccess>();
        services.AddScoped<CheckReads>();
        services.AddScoped<CheckReviewer>();
        services.AddScoped<CheckReferences>();
        services.AddScoped<CheckTemplateLink>();
        services.AddScoped<CheckHistory>();
        services.AddScoped<CheckWriter>();
        services.AddScoped<CheckRemoval>();
        services.AddScoped<CheckBulkEdit>();
        services.AddScoped<TemplateWriter>();
        services.AddScoped<DryRun>();
        services.AddScoped<CheckResults>();
        services.AddScoped<CheckPromotion>();
        services.AddSingleton<CheckInference>();
        services.AddSingleton<InferredChecks>();
        services.AddSingleton<InferenceReferences>();
        services.AddSingleton<MeasuredChecks>();
        return services;
    }
}
