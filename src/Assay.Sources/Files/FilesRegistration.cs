using Assay.Engine;
using Assay.Sources.Abfs;
using Assay.Sources.Contract;
using Assay.Sources.Files.Gateway;
using Assay.Sources.Files.Schema;
using Assay.Sources.Files.Schema.Embedded;
using Assay.Sources.Files.Schema.Excel;
using Assay.Sources.Files.Schema.Json;
using Assay.Sources.Files.Schema.Text;
using Assay.Sources.Gcs;
using Assay.Sources.Local;
using Assay.Sources.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assay.Sources.Files;

internal static class FilesRegistration
{
    /// <summary>Registers the connectors on files and what they share.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ISchemaReader, DelimitedSchemaReader>();
        services.AddSingleton<ISchemaReader, JsonSchemaReader>();
        services.AddSingleton<ISchemaReader, WorkbookSchemaReader>();
        services.AddSingleton<ISchemaReader>(provider => new EngineSchemaReader(provider.GetService<IEngine>(), provider.GetRequiredService<EngineRoutes>()));
        services.AddSingleton<EngineGateway>();
        services.AddSingleton<EngineRoutes>();
        services.AddSingleton<StructureReader>();
        services.AddSingleton<FileConnectionTest>();
        services.AddSingleton(provider => new FileWork(
            provider.GetRequiredService<StructureReader>(), provider.GetRequiredService<FileConnectionTest>(), provider.GetRequiredService<EngineRoutes>(), provider.GetService<IEngine>()));
        services.AddSingleton<IConnector, LocalConnector>();
        services.AddSingleton<S3Clients>();
        services.AddSingleton<IConnector, S3Connector>();
        services.TryAddSingleton<AzureSignIn>();
        services.AddSingleton<IConnector, AbfsConnector>();
        services.AddSingleton<IConnector, GcsConnector>();
        return services;
    }
}
