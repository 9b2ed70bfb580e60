using System.Globalization;
using System.Net.Http.Headers;
using Assay.Sources.Contract;
using Assay.Sources.Files.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Assay.Sources.Files.Gateway;

/// <summary>Answers the engine's requests: listing, looking a file up, reading a part of it. There is nothing that writes.</summary>
internal sealed class GatewayEndpoint(EngineGateway gateway)
{
    private const int CopyBytes = 256 << 10;

    public async Task HandleAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var signature = RequestSignature.Read(context.Request.Headers.Authorization);
        if (signature is null || !gateway.TryFind(signature.AccessKey, out var pass) || !signature.IsOf(context.Request, target, pass.SecretKey))
        {
            await GatewayErrors.WriteAsync(context, StatusCodes.Status403Forbidden, "AccessDenied", "The request is not signed by a pass that holds now.");
            return;
        }
        try
        {
            await AnswerAsync(context, pass.View, target.Split('?')[0]);
        }
        catch (SourceException refused) when (!context.Response.HasStarted)
        {
            pass.Failed(refused.Fault);
            await GatewayErrors.WriteAsync(context, refused.Fault);
        }
        catch (Exception broken) when (broken is SourceException or IOException or HttpRequestException && !context.RequestAborted.IsCancellationRequested)
        {
            // Half of a file must not pass for the whole: the engine asks again for what is missing.
            context.Abort();
        }
    }

    private static async Task AnswerAsync(HttpContext context, IFileView view, string path)
    {
        var slash = path.IndexOf('/', 1);
        var key = slash < 0 ? "" : Uri.UnescapeDataString(path[(slash + 1)..]);
        if (Uri.UnescapeDataString(slash < 0 ? path[1..] : path[1..slash]) != view.Bucket)
            await GatewayErrors.WriteAsync(context, StatusCodes.Status404NotFound, "NoSuchBucket", "The pass is for another bucket.");
        else if (HttpMethods.IsHead(context.Request.Method) && key.Length == 0)
            context.Response.StatusCode = StatusCodes.Status200OK;
        else if (HttpMethods.IsGet(context.Request.Method) && key.Length == 0 && context.Request.Query["list-type"] == "2")
            await ObjectListing.WriteAsync(context, view);
        else if (key.Length > 0 && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
            await ReadAsync(context, view, key);
        else
            await GatewayErrors.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", "The gateway is there for reading.");
    }

    private static async Task ReadAsync(HttpContext context, IFileView view, string key)
    {
        if (await view.FindAsync(key, context.RequestAborted) is not { } file)
        {
            await GatewayErrors.WriteAsync(context, StatusCodes.Status404NotFound, "NoSuchKey", "The specified key does not exist.");
            return;
        }
        var (first, last) = RangeOf(context.Request, file.Size);
        if (first > last && file.Size > 0)
        {
            await GatewayErrors.WriteAsync(context, StatusCodes.Status416RangeNotSatisfiable, "InvalidRange", "The file is not as long as that.");
            return;
        }
        Describe(context, file, first, last);
        if (HttpMethods.IsHead(context.Request.Method) || file.Size == 0) return;
        var whole = first == 0 && last == file.Size - 1;
        await using var content = await view.Store.OpenAsync(file.Key, first, whole ? null : last - first + 1, context.RequestAborted);
        await content.CopyToAsync(context.Response.Body, CopyBytes, context.RequestAborted);
    }

    /// <returns>The first and the last byte that are wanted; the last lies before the first where there is no such part.</returns>
    private static (long First, long Last) RangeOf(HttpRequest request, long size)
    {
        if (!RangeHeaderValue.TryParse(request.Headers.Range, out var ranges) || ranges.Ranges.Count != 1) return (0, size - 1);
        var range = ranges.Ranges.Single();
        return range.From is null
            ? (Math.Max(0, size - (range.To ?? 0)), size - 1)
            : (range.From.Value, Math.Min(range.To ?? long.MaxValue, size - 1));
    }

    private static void Describe(HttpContext context, StoredFile file, long first, long last)
    {
        var response = context.Response;
        if (context.Request.Headers.Range.Count > 0 && file.Size > 0)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {first}-{last}/{file.Size}";
        }
        response.ContentType = "application/octet-stream";
        response.ContentLength = last - first + 1;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.ETag = ObjectListing.TagOf(file);
        response.Headers.LastModified = ObjectListing.TimeOf(file).ToString("R", CultureInfo.InvariantCulture);
    }
}
