using Assay.Server.Datastores.Enrichment;
using Assay.Server.Datastores.Purge;
using Assay.Server.Datastores.Reads;
using Assay.Server.Datastores.Writes;
using Assay.Server.Identity;
using Assay.Server.Settings;

namespace Assay.Server.Datastores;

internal static class DatastoresRegistration
{
    public static IServiceCollection AddDatastores(this IServiceCollection services, AssaySettings settings)
    {
        services.AddSingleton<DatastoreReader>();
        services.AddSingleton<DatastoreGlance>();
        services.AddSingleton<IDatastoreGlance>(provider => provider.GetRequiredService<DatastoreGlance>());
        services.AddSingleton<DatastoreList>();
        services.AddSingleton<ItemCache<Stamp>>();
        services.AddSingleton<ItemCache<SingleStamp>>();
        services.AddSingleton<ListLengths>();
        services.AddSingleton<LookupCache>();
        services.AddSingleton<DatastoreTester>();
        services.AddScoped<CreateDatastore>();
        services.AddScoped<UpdateDatastore>();
        services.AddScoped<DatastoreMarks>();
        services.AddScoped<DatastoreTeams>();
        services.AddScoped<DatastoreTags>();
        services.AddScoped<EnrichmentRules>();
        services.AddScoped<EnrichmentLinks>();
        services.AddScoped<DeleteDatastore>();
        services.AddSingleton<PurgeSignal>();
        services.AddSingleton<PurgeBatch>();
        if (settings.Works) services.AddHostedService<DatastorePurge>();
        return services;
    }
}
