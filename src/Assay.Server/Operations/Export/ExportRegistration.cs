using Assay.Server.Enrichment;
using Assay.Server.Operations.Export.Assets;
using Assay.Server.Operations.Materialize;
using Assay.Server.Operations.Running;

namespace Assay.Server.Operations.Export;

internal static class ExportRegistration
{
    /// <summary>What writes tables into enrichment stores because somebody asked for it: exports and copies of containers.</summary>
    public static IServiceCollection AddExports(this IServiceCollection services)
    {
        services.AddSingleton<EnrichmentPlaces>();
        services.AddSingleton<IOperationKind, ExportKind>();
        services.AddSingleton<IOperationKind, GlobalExportKind>();
        services.AddSingleton<TableExport>();
        services.AddSingleton<IExportAsset, AnomalyAsset>();
        services.AddSingleton<IExportAsset, CheckAsset>();
        services.AddSingleton<IExportAsset, FieldProfileAsset>();
        services.AddSingleton<IExportAsset, TemplateAsset>();
        services.AddSingleton<IOperationKind, MaterializeKind>();
        services.AddSingleton<MaterializeTargets>();
        services.AddSingleton<ContainerCopier>();
        services.AddSingleton<CopyStore>();
        services.AddScoped<ExportChecks>();
        services.AddScoped<ExportStarter>();
        return services;
    }
}
