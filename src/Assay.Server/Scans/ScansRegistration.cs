using Assay.Server.Identity;
using Assay.Server.Operations.Running;
using Assay.Server.Operations.Scan;
using Assay.Server.Scans.Metrics;
using Assay.Server.Scans.Reads;
using Assay.Server.Scans.Results;

namespace Assay.Server.Scans;

internal static class ScansRegistration
{
    public static IServiceCollection AddScans(this IServiceCollection services)
    {
        services.AddSingleton<IOperationKind, ScanKind>();
        services.AddSingleton<IOperationKind, ExternalScanKind>();
        services.AddSingleton<ScanTargets>();
        services.AddSingleton<ScanChecks>();
        services.AddSingleton<ScanReferences>();
        services.AddSingleton<ScanMeasurements>();
        services.AddSingleton<ScanBounds>();
        services.AddSingleton<ContainerScanner>();
        services.AddSingleton<ScanStore>();
        services.AddSingleton<IResourceLocator, ContainerScanLocator>();
        services.AddScoped<ContainerScanReads>();
        services.AddScoped<ScanMetrics>();
        services.AddScoped<ExternalRows>();
        return services;
    }
}
