using Assay.Server.Status;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>What stands around the operations: title, licence, how to sign in, what the tags mean, and a fixed order.</summary>
internal sealed class DocumentFrame : IOpenApiDocumentTransformer
{
    private static readonly HttpMethod[] MethodOrder = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Assay",
            Version = ApplicationApi.Version,
            Description = """
                Self-hosted data quality with the Qualytics API: register where data lives, sync its structure, and read back what it holds.

                - Send a personal token as `Authorization: Bearer <token>`.
                - Lists are paged by `page` (from 1) and `size` (1 to 100); a page past the end is empty.
                - Members that a request has too many are ignored. Timestamps are UTC with six fractional digits.
                - Errors are `{"detail": …}`, and `{"message": …}` where a source could not be reached. Every answer carries `X-Request-Id`.
                """,
            Contact = new OpenApiContact { Name = "The operator of this server" },
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The server that this document comes from" }];
        document.Tags = ApiTags.In(document);
        document.AddComponent(OperationDetails.SecurityScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A personal token or one of a service account, from `POST /api/user-tokens`.",
        });
        foreach (var schema in Schemas(document)) ViewSchemas.Tidy(schema);
        ExampleMembers.Complete(document);
        Sort(document);
        return Task.CompletedTask;
    }

    private static IEnumerable<IOpenApiSchema?> Schemas(OpenApiDocument document) => document.Components!.Schemas!.Values.Concat(
        from operation in document.Paths.Values.SelectMany(p => p.Operations!.Values)
        from response in operation.Responses!.Values.OfType<OpenApiResponse>()
        from content in response.Content?.Values ?? []
        select content.Schema);

    private static void Sort(OpenApiDocument document)
    {
        var paths = new OpenApiPaths();
        var ids = new HashSet<string>();
        foreach (var (path, item) in document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var operations = item.Operations!.OrderBy(o => Array.IndexOf(MethodOrder, o.Key)).ToDictionary();
            paths.Add(path, new OpenApiPathItem { Operations = operations });
            // A handler that answers to two methods has one name; the second gets the method's added.
            foreach (var (method, operation) in operations)
                if (!ids.Add(operation.OperationId!)) operation.OperationId += $"_{method.Method.ToLowerInvariant()}";
        }
        document.Paths = paths;
        var components = document.Components!;
        components.Schemas = components.Schemas?.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary();
        components.Responses = components.Responses?.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary();
    }
}
