namespace Assay.Quality.Expressions;

/// <summary>A column that an expression may name.</summary>
/// <param name="Name">As the container spells it.</param>
/// <param name="Sql">How the engine reads it.</param>
/// <param name="Type">Its type.</param>
public sealed record ExpressionColumn(string Name, string Sql, SqlType Type);
