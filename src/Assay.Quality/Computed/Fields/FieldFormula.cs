using System.Text.Json;

namespace Assay.Quality.Computed.Fields;

/// <summary>How a field is computed from others of its container.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Transformation">One of <see cref="FieldTransformation.All"/>, by its name.</param>
/// <param name="Sources">The fields that it is computed from; none for expressions, which name theirs themselves.</param>
/// <param name="Properties">An object with what else the transformation needs.</param>
public sealed record FieldFormula(string Name, string Transformation, IReadOnlyList<string> Sources, JsonElement Properties);

/// <summary>What is wrong with a formula.</summary>
/// <param name="Member">The member of the API's body, in dots.</param>
/// <param name="Position">Where in an expression, from 0; null where it is not about a place.</param>
public sealed record FormulaFault(string Member, string Message, int? Position = null);

/// <summary>A formula in the engine's words, or why there is none.</summary>
/// <param name="Uses">The fields that it is computed from.</param>
public sealed record FormulaSql(string Sql, IReadOnlyCollection<string> Uses, FormulaFault? Fault)
{
    internal static FormulaSql Of(string sql, params string[] uses) => new(sql, uses, null);

    internal static FormulaSql Wrong(string member, string message, int? position = null) => new("", [], new FormulaFault(member, message, position));
}
