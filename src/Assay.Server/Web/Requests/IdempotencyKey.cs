using System.Text.Json;
using Assay.Server.Web.Responses;

namespace Assay.Server.Web.Requests;

/// <summary>
/// The header <c>Idempotency-Key</c>: whoever does not know whether a request arrived sends it again with the same key, and nothing is
/// made twice.
/// </summary>
internal sealed class IdempotencyKey : IBound
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    public const int MostCharacters = 255;

    private readonly HttpContext http;

    private IdempotencyKey(HttpContext http, string? value, Failure? failure) => (this.http, Value, Failure) = (http, value, failure);

    public static Type RequestType => typeof(string);
    public Failure? Failure { get; }

    /// <summary>The key; null where the client sent none.</summary>
    public string? Value { get; }

    /// <summary>What the key stands for: the call and its body, whatever the blanks between the body's members.</summary>
    public string Request =>
        $"{http.Request.Method} {http.Request.Path}\n{(http.Features.Get<SentBody>() is { } body ? JsonSerializer.Serialize(body.Json) : "")}";

    public static ValueTask<IdempotencyKey> BindAsync(HttpContext http)
    {
        if (!http.Request.Headers.TryGetValue(Header, out var sent)) return ValueTask.FromResult(new IdempotencyKey(http, null, null));
        var value = sent.ToString().Trim();
        var fits = value.Length is > 0 and <= MostCharacters && value.All(c => c is >= ' ' and <= '~');
        return ValueTask.FromResult(fits
            ? new IdempotencyKey(http, value, null)
            : new IdempotencyKey(http, null, Failure.Invalid(Problem($"The key should have 1 to {MostCharacters} characters of ASCII", "value_error"))));
    }

    /// <summary>Tells the client that the answer is an earlier request's.</summary>
    public void Replay() => http.Response.Headers[ReplayedHeader] = "true";

    public static FieldError Problem(string msg, string type) => new(["header", Header], msg, type);
}

/// <summary>The body of a request that came with an <see cref="IdempotencyKey"/>.</summary>
internal sealed record SentBody(JsonElement Json);
