using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Expressions.Translation;

/// <summary>A translated part of an expression.</summary>
/// <param name="Sql">In the engine's words; one operand, whatever stands around it.</param>
/// <param name="Type">Its type by Spark's rules.</param>
/// <param name="Node">Where it came from.</param>
internal sealed record Term(string Sql, SqlType Type, Node Node)
{
    public int Position => Node.Position;

    /// <summary>The text, where it is a literal.</summary>
    public string? Literal => (Node as TextNode)?.Value;

    /// <summary>For intervals: whole months, to be added before <see cref="Sql"/>, which is microseconds. Null for none.</summary>
    public string? Months { get; init; }

    /// <summary>Whether an interval is of whole days, so that a date plus it is a date.</summary>
    public bool WholeDays { get; init; }

    public bool IsNull => Type.Kind == SqlKind.Null;
}
