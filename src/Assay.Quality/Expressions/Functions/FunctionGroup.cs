using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Collects functions in the words of the tables that follow.</summary>
internal sealed class FunctionGroup(string title)
{
    public const int Any = int.MaxValue;

    public List<Function> Functions { get; } = [];

    public void Add(string names, int least, int most, Func<FunctionCall, Term> translate) => Add(FunctionKind.Scalar, names, least, most, translate);

    public void Add(string names, int least, int most, SqlType type, Func<FunctionCall, string> sql) => Add(names, least, most, call => call.Give(sql(call), type));

    /// <summary>Names that mean the same are separated by blanks.</summary>
    public void Add(FunctionKind kind, string names, int least, int most, Func<FunctionCall, Term> translate) =>
        Functions.AddRange(names.Split(' ').Select(name => new Function(name, title, least, most, kind, translate)));
}
