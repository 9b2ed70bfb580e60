using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Web.Responses;

/// <summary>Either a value or the failure that stands in its place.</summary>
internal readonly struct Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, Failure? failure)
    {
        this.value = value;
        Failure = failure;
    }

    public Failure? Failure { get; }

    internal static Outcome<T> Of(T value) => new(value, null);

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);

    /// <summary>True with the value, false with the failure.</summary>
    public bool Try([NotNullWhen(true)] out T? result, [NotNullWhen(false)] out Failure? failure)
    {
        result = value;
        failure = Failure;
        return Failure is null;
    }

    /// <summary>The HTTP answer: 200 with the value, or the failure.</summary>
    public Results<Ok<T>, Failure> ToOk() => Failure is null ? TypedResults.Ok(value) : Failure;
}

/// <summary>Outcomes whose type is an interface, for which C# has no conversions.</summary>
internal static class Outcome
{
    public static Outcome<T> Of<T>(T value) => Outcome<T>.Of(value);
}
