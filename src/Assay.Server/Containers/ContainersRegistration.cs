using Assay.Server.Containers.Computed;
using Assay.Server.Containers.Preview;
using Assay.Server.Fields;
using Assay.Server.Fields.Computed;
using Assay.Server.Identity;
using Assay.Server.Masking;

namespace Assay.Server.Containers;

internal static class ContainersRegistration
{
    public static IServiceCollection AddContainers(this IServiceCollection services)
    {
        services.AddSingleton<IResourceLocator, ContainerLocator>();
        services.AddSingleton<IResourceLocator, FieldLocator>();
        services.AddScoped<ContainerReads>();
        services.AddScoped<ContainerEdit>();
        services.AddScoped<ContainerRemoval>();
        services.AddScoped<ComputedDesk>();
        services.AddSingleton<ComputedTrial>();
        services.AddScoped<ComputedLineage>();
        services.AddScoped<ComputedColumns>();
        services.AddSingleton<ComputedTableRefresh>();
        services.AddScoped<MaskedDescent>();
        services.AddScoped<ContainerPreview>();
        services.AddScoped<MaskingAudit>();
        services.AddSingleton<MaskedAccess>();
        services.AddScoped<ComputedFieldDesk>();
        services.AddSingleton<ComputedFieldTrial>();
        services.AddSingleton<IResourceLocator, ComputedFieldLocator>();
        services.AddScoped<FieldReads>();
        services.AddScoped<FieldEdit>();
        services.AddScoped<FieldMerge>();
        services.AddScoped<FieldChecks>();
        services.AddScoped<ComputedFieldFate>();
        services.AddScoped<FieldHistory>();
        services.AddSingleton<FieldAccess>();
        services.AddSingleton<IResourceLocator, PartitionLocator>();
        services.AddScoped<PartitionReads>();
        services.AddScoped<PartitionEdit>();
        return services;
    }
}
