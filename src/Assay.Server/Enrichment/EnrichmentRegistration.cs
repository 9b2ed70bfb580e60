using Assay.Server.Enrichment.Delivery;
using Assay.Server.Enrichment.Reads;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Settings;

namespace Assay.Server.Enrichment;

internal static class EnrichmentRegistration
{
    public static IServiceCollection AddEnrichment(this IServiceCollection services, AssaySettings settings)
    {
        services.AddSingleton<EnrichmentStores>();
        services.AddSingleton<WrittenTables>();
        services.AddSingleton<DeliveryLease>();
        services.AddSingleton<EntryProgress>();
        services.AddSingleton<EvidenceRows>();
        services.AddSingleton<EntryDelivery>();
        services.AddSingleton<StoreDelivery>();
        services.AddScoped<EnrichmentStates>();
        services.AddScoped<EnrichmentTables>();
        services.AddScoped<EnrichmentRows>();
        if (settings.Works) services.AddHostedService<EvidenceCourier>();
        return services;
    }
}
