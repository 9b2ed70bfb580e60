namespace Assay.Quality.Scanning;

/// <summary>The end of a message.</summary>
/// <param name="One">About one row: <c>is not unique</c>.</param>
/// <param name="Many">About many: <c>are not unique</c>.</param>
internal sealed record Tail(string One, string Many)
{
    /// <summary>The usual two: <c>is ...</c> and <c>are ...</c>.</summary>
    public static Tail Being(string rest) => new($"is {rest}", $"are {rest}");

    /// <summary>The usual two of a verb: <c>does not ...</c> and <c>do not ...</c>.</summary>
    public static Tail DoesNot(string rest) => new($"does not {rest}", $"do not {rest}");
}
