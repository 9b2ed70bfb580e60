using System.Text.Json.Serialization.Metadata;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>How types are called in the document: <c>DatastoreView</c> is a Datastore there, a page of them a DatastorePage.</summary>
internal static class SchemaNames
{
    public static string? Of(JsonTypeInfo info) => info.Type == typeof(System.Text.Json.JsonElement) ? null
        : OpenApiOptions.CreateDefaultSchemaReferenceId(info) is null ? null
        : Of(Nullable.GetUnderlyingType(info.Type) ?? info.Type);

    public static string Of(Type type) => type switch
    {
        _ when type == typeof(DetailBody) => "Error",
        _ when type == typeof(InvalidBody) => "ValidationError",
        _ when type == typeof(MessageBody) => "ConnectivityError",
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(PageOf<>) => Of(type.GetGenericArguments()[0]) + "Page",
        { Name: [.., 'V', 'i', 'e', 'w'] } => type.Name[..^4],
        _ => type.Name,
    };
}
