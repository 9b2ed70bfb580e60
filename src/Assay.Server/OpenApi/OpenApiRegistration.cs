using Assay.Server.Identity;
using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

internal static class OpenApiRegistration
{
    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        services.AddOpenApi(ApiDocument.Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = SchemaNames.Of;
            options.AddSchemaTransformer<ViewSchemas>();
            options.AddOperationTransformer<OperationDetails>();
            options.AddDocumentTransformer<DocumentFrame>();
        });
        services.AddSingleton<ApiDocument>();
        return services;
    }

    public static void MapApiDocument(this IEndpointRouteBuilder api)
    {
        api.MapGet("/openapi.json", async (ApiDocument document, CancellationToken cancel) =>
                TypedResults.Bytes(await document.JsonAsync(cancel), "application/json"))
            .Needs(Permissions.Everyone).ExcludeFromDescription();
        api.MapDocsPage();
    }
}
