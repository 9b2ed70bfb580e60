using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>The description of the API in OpenAPI's form, made once from the routes themselves.</summary>
internal sealed class ApiDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    public const string Name = "api";

    private readonly SemaphoreSlim once = new(1);
    private byte[]? json;

    /// <summary>The document as JSON, the same byte for byte for the same build.</summary>
    public async Task<byte[]> JsonAsync(CancellationToken cancel)
    {
        if (json is not null) return json;
        await once.WaitAsync(cancel);
        try
        {
            return json ??= await WriteAsync(cancel);
        }
        finally
        {
            once.Release();
        }
    }

    private async Task<byte[]> WriteAsync(CancellationToken cancel)
    {
        var document = await provider.GetOpenApiDocumentAsync(cancel);
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancel) + "\n");
    }
}
