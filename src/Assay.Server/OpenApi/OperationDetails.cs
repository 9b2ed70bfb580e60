using System.Reflection;
using Assay.Server.Identity;
using Assay.Server.Web;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>Completes an operation with what the framework cannot see: our own arguments, the permission, and every way to fail.</summary>
internal sealed class OperationDetails : IOpenApiOperationTransformer
{
    public const string SecurityScheme = "token";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        var handler = metadata.OfType<MethodInfo>().First();
        var arguments = handler.GetParameters().Select(p => p.ParameterType).Where(typeof(IBound).IsAssignableFrom).ToList();
        var permission = metadata.OfType<Permission>().First();
        operation.OperationId = IdOf(handler);
        operation.Description = $"{operation.Description}\n\n{PermissionText.Of(permission)}".TrimStart();
        if (permission.Role is not null)
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, document)] = [] }];
        RequestArguments.Describe(operation, context.Description.RelativePath!, arguments, document);
        await FailAsync(operation, context, Failures(operation, permission, arguments, metadata), cancellationToken);
        if (handler.ReturnType == typeof(Task<Failure>)) operation.Responses!.Remove("200");
        ApiExamples.Add(operation);
    }

    /// <summary>Resource and handler: <c>datastores_list</c>.</summary>
    private static string IdOf(MethodInfo handler) => $"{Json.Name(handler.DeclaringType!.Name.Replace("Api", ""))}_{Json.Name(handler.Name)}";

    private static IEnumerable<int> Failures(OpenApiOperation operation, Permission permission, List<Type> arguments, IList<object> metadata)
    {
        if (permission.Role is not null)
        {
            yield return 401;
            yield return 403;
        }
        var inPath = operation.Parameters?.Where(p => p.In == ParameterLocation.Path).ToList() ?? [];
        if (inPath.Count > 0) yield return 404;
        if (arguments.Any(a => a.IsGenericType && a.GetGenericTypeDefinition() != typeof(Query<>)))
        {
            yield return 413;
            yield return 415;
        }
        if (arguments.Count > 0 || inPath.Any(p => p.Schema is { Format: "int64" })) yield return 422;
        foreach (var status in metadata.OfType<DeclaredFailures>().SelectMany(d => d.Statuses)) yield return status;
    }

    private static async Task FailAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, IEnumerable<int> statuses, CancellationToken cancel)
    {
        var responses = new OpenApiResponses();
        foreach (var (status, response) in operation.Responses ?? []) responses.Add(status, response);
        foreach (var status in statuses.Distinct().Order())
            responses[$"{status}"] = await FailureResponses.OfAsync(status, context, cancel);
        operation.Responses = responses;
    }
}
