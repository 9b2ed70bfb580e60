using System.Text.Json;
using Assay.Server.Web.Responses;

namespace Assay.Server.Web.Requests;

/// <summary>The JSON body of a request as a record <typeparamref name="T"/> (or a list of them), validated by its attributes.</summary>
internal sealed class Body<T> : IBound where T : class
{
    private readonly T? value;

    private Body(T? value, Failure? failure)
    {
        this.value = value;
        Failure = failure;
    }

    public static Type RequestType => typeof(T);
    public Failure? Failure { get; }
    public T Value => value ?? throw new InvalidOperationException("The body was refused; the handler must not run.");

    public static async ValueTask<Body<T>> BindAsync(HttpContext http)
    {
        var document = await JsonBody.ReadAsync(http);
        if (document.Failure is not null) return new Body<T>(null, document.Failure);
        if (document.Json is not { } json)
            return new Body<T>(null, Failure.Invalid(new FieldError(["body"], "Field required", "missing")));
        var reader = new RequestReader();
        var read = typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? reader.ReadList(json, typeof(T).GetGenericArguments()[0], null, ["body"])
            : reader.ReadObject(json, typeof(T), ["body"]);
        return reader.Errors.Count > 0 ? new Body<T>(null, Failure.Invalid(reader.Errors)) : new Body<T>((T?)read, null);
    }
}

/// <summary>A body that may be left out altogether, as on the calls whose body is optional.</summary>
internal sealed class OptionalBody<T> : IBound where T : class
{
    private OptionalBody(T? value, Failure? failure)
    {
        Value = value;
        Failure = failure;
    }

    public static Type RequestType => typeof(T);
    public Failure? Failure { get; }
    public T? Value { get; }

    public static async ValueTask<OptionalBody<T>> BindAsync(HttpContext http)
    {
        var document = await JsonBody.ReadAsync(http);
        if (document.Failure is not null) return new OptionalBody<T>(null, document.Failure);
        if (document.Json is not { } json || json.ValueKind == JsonValueKind.Null) return new OptionalBody<T>(null, null);
        var reader = new RequestReader();
        var read = (T?)reader.ReadObject(json, typeof(T), ["body"]);
        return reader.Errors.Count > 0 ? new OptionalBody<T>(null, Failure.Invalid(reader.Errors)) : new OptionalBody<T>(read, null);
    }
}
