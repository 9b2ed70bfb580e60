using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>A function of Spark SQL that Assay translates.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Group">Its heading in the documentation.</param>
/// <param name="Least">Fewest arguments.</param>
/// <param name="Most">Most arguments.</param>
/// <param name="Kind">Where it can stand.</param>
/// <param name="Translate">Gives the engine's words.</param>
internal sealed record Function(string Name, string Group, int Least, int Most, FunctionKind Kind, Func<FunctionCall, Term> Translate)
{
    public string Counts => Least == Most ? $"{Least}" : Most == int.MaxValue ? $"at least {Least}" : $"{Least} to {Most}";
}
