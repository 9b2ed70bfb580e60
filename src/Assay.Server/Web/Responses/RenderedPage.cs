using System.Buffers;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;

namespace Assay.Server.Web.Responses;

/// <summary>A <see cref="PageOf{T}"/> whose items are JSON already.</summary>
internal sealed class RenderedPage<T>(IReadOnlyList<byte[]> items, long total, int page, int size) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var end = Encoding.ASCII.GetBytes($$"""],"total":{{total}},"page":{{page}},"size":{{size}},"pages":{{new PageOf<T>([], total, page, size).Pages}}}""");
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = """{"items":["""u8.Length + end.Length + items.Sum(i => (long)i.Length) + Math.Max(0, items.Count - 1);
        var body = response.BodyWriter;
        body.Write("""{"items":["""u8);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) body.Write(","u8);
            body.Write(items[i]);
        }
        body.Write(end);
        await body.FlushAsync(httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(PageOf<T>), ["application/json"]));
}
