using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Expressions.Translation;

/// <summary>Writes the sub-queries of an expression in the engine's words.</summary>
internal interface ISubqueries
{
    /// <exception cref="ExpressionException">It does not translate.</exception>
    Subquery Write(SelectQuery query);
}

/// <param name="Sql">A statement of the engine.</param>
/// <param name="Columns">Its columns in their order.</param>
internal sealed record Subquery(string Sql, IReadOnlyList<(string Name, SqlType Type)> Columns);
