using System.Xml.Linq;
using Assay.Sources.Contract;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Files.Gateway;

/// <summary>Errors in the shape that clients of S3 read.</summary>
internal static class GatewayErrors
{
    /// <summary>
    /// A store's refusal. Assay has tried again already where that helps, so none of these has a status at which the engine would
    /// go on trying for minutes.
    /// </summary>
    public static Task WriteAsync(HttpContext context, SourceFault fault) => fault.Code switch
    {
        SourceFaultCode.NotFound => WriteAsync(context, StatusCodes.Status404NotFound, "NoSuchKey", fault.Message),
        SourceFaultCode.PermissionDenied or SourceFaultCode.SignInFailed or SourceFaultCode.HostNotAllowed =>
            WriteAsync(context, StatusCodes.Status403Forbidden, "AccessDenied", fault.Message),
        _ => WriteAsync(context, StatusCodes.Status400BadRequest, "InvalidRequest", fault.Message),
    };

    public static async Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        // Whatever was said of a file that then could not be opened.
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        var error = new XElement("Error", new XElement("Code", code), new XElement("Message", message));
        await context.Response.WriteAsync(error.ToString(SaveOptions.DisableFormatting), context.RequestAborted);
    }
}
