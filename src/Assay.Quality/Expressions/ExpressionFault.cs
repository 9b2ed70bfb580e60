namespace Assay.Quality.Expressions;

/// <summary>Why an expression is refused.</summary>
/// <param name="Position">Offset in the text as it was written, from 0.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record ExpressionFault(int Position, string Message)
{
    /// <summary>The message with the position counted as people do, from 1.</summary>
    public override string ToString() => $"{Message} (at position {Position + 1})";
}
