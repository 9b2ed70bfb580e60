using Assay.Server.Anomalies.Reads;
using Assay.Server.Anomalies.Records;
using Assay.Server.Anomalies.Writes;

namespace Assay.Server.Anomalies;

internal static class AnomaliesRegistration
{
    public static IServiceCollection AddAnomalies(this IServiceCollection services)
    {
        services.AddScoped<AnomalyAccess>();
        services.AddScoped<AnomalyReads>();
        services.AddScoped<AnomalyWriter>();
        services.AddScoped<AnomalyHistory>();
        services.AddScoped<PartitionAnomalies>();
        services.AddScoped<SourceRecords>();
        return services;
    }
}
