using Assay.Server.Identity;
using Assay.Server.Operations.Dispatch;
using Assay.Server.Operations.HeatMap;
using Assay.Server.Operations.Promote;
using Assay.Server.Operations.Running;
using Assay.Server.Operations.Sync;
using Assay.Server.Operations.Sync.Listings;
using Assay.Server.Settings;

namespace Assay.Server.Operations;

internal static class OperationRegistration
{
    public static IServiceCollection AddOperations(this IServiceCollection services, AssaySettings settings)
    {
        services.AddDispatch(settings);
        services.AddSingleton<IOperationKind, SyncKind>();
        services.AddSingleton<WaitingSyncs>();
        services.AddSingleton<SharedListings>();
        services.AddSingleton<RemovalGuard>();
        services.AddSingleton<StructureRefresh>();
        services.AddSingleton<DatastoreFigures>();
        services.AddSingleton<OperationDesk>();
        services.AddSingleton<IResourceLocator, OperationLocator>();
        services.AddScoped<OperationList>();
        services.AddScoped<OperationControl>();
        services.AddScoped<RunChecks>();
        services.AddScoped<OperationContainers>();
        services.AddScoped<OperationCounts>();
        services.AddScoped<PromotionChecks>();
        services.AddSingleton<IOperationKind, PromoteChecksKind>();
        return services;
    }
}
