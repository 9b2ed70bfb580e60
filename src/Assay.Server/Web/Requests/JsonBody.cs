using System.Text.Json;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.Features;

namespace Assay.Server.Web.Requests;

/// <summary>The raw JSON of a request's body: null where there is none, a failure where it is not JSON.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = true };

    public static async ValueTask<(JsonElement? Json, Failure? Failure)> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return (null, null);
        try
        {
            // Clients name a content type on calls without a body too, and a body sent in chunks may turn out to be empty.
            var start = await request.BodyReader.ReadAsync(http.RequestAborted);
            request.BodyReader.AdvanceTo(start.Buffer.Start);
            if (start.IsCompleted && start.Buffer.IsEmpty) return (null, null);
            if (!request.HasJsonContentType()) return (null, FrameworkErrors.Of(StatusCodes.Status415UnsupportedMediaType));
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, http.RequestAborted);
            if (WellFormedText.FindBroken(document.RootElement, "body") is { } place)
                return (null, Failure.Invalid(new FieldError(place, "Input should be a valid string of Unicode characters", "string_unicode")));
            var json = document.RootElement.Clone();
            if (request.Headers.ContainsKey(IdempotencyKey.Header)) http.Features.Set(new SentBody(json));
            return (json, null);
        }
        catch (JsonException problem)
        {
            return (null, Failure.Invalid(new FieldError(["body", problem.BytePositionInLine ?? 0], "JSON decode error", "json_invalid")));
        }
        catch (BadHttpRequestException problem)
        {
            return (null, FrameworkErrors.Of(problem.StatusCode));
        }
    }
}
