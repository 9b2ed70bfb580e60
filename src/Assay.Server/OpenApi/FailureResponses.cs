using System.Text.Json.Nodes;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>The failures in the document: one shared response per status, each with an example.</summary>
internal static class FailureResponses
{
    private static readonly Dictionary<int, (string Name, string Description, Type Body, string Example)> All = new()
    {
        [400] = ("Unreachable", "A source could not be reached or used.", typeof(MessageBody), """{"message": "The host db.acme-corp.com cannot be resolved"}"""),
        [401] = ("Unauthorized", "There is no token, or it is invalid, expired or revoked.", typeof(DetailBody), """{"detail": "Not authenticated"}"""),
        [403] = ("Forbidden", "The caller's role or team permission does not suffice.", typeof(DetailBody), """{"detail": "You must have the Manager role"}"""),
        [404] = ("NotFound", "There is no such thing, or the caller may not know of it.", typeof(DetailBody), """{"detail": "Datastore id: 9 not found"}"""),
        [409] = ("Conflict", "The request contradicts the state of things.", typeof(DetailBody), """{"detail": "Another connection has this name"}"""),
        [413] = ("TooLarge", "The body is larger than 20 MB.", typeof(DetailBody), """{"detail": "Request body is too large: at most 20 MB are accepted"}"""),
        [415] = ("UnsupportedMediaType", "The body is not JSON.", typeof(DetailBody), """{"detail": "Unsupported media type: send the body as application/json"}"""),
        [422] = ("Invalid", "The request is malformed; every error is listed.", typeof(InvalidBody),
            """{"detail": [{"loc": ["body", "name"], "msg": "Field required", "type": "missing"}]}"""),
        [503] = ("Unavailable", "The server cannot take requests at the moment.", typeof(DetailBody), """{"detail": "The metadata store does not answer"}"""),
    };

    /// <summary>A reference to the shared response, which is added to the document on first use.</summary>
    public static async Task<OpenApiResponseReference> OfAsync(int status, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var (name, description, body, example) = All[status];
        var document = context.Document!;
        if (document.Components?.Responses?.ContainsKey(name) != true)
            document.AddComponent(name, new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = await SchemaOfAsync(body, context, cancel), Example = JsonNode.Parse(example) },
                },
            });
        return new OpenApiResponseReference(name, document);
    }

    private static async Task<OpenApiSchemaReference> SchemaOfAsync(Type body, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var name = SchemaNames.Of(body);
        if (context.Document!.Components?.Schemas?.ContainsKey(name) != true)
            context.Document.AddComponent(name, await context.GetOrCreateSchemaAsync(body, null, cancel));
        return new OpenApiSchemaReference(name, context.Document);
    }
}
