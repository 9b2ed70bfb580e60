using Assay.Quality.Expressions.Syntax;
using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>One call that is being translated. Arguments are translated when they are asked for, so that lambdas can wait for their types.</summary>
internal sealed class FunctionCall(Translator translator, CallNode node)
{
    private readonly Term?[] arguments = new Term?[node.Arguments.Count];

    public Translator Translator => translator;

    public CallNode Node => node;

    public int Count => node.Arguments.Count;

    public Term this[int i] => arguments[i] ??= translator.Translate(node.Arguments[i]);

    public IEnumerable<Term> All => Enumerable.Range(0, Count).Select(i => this[i]);

    public bool Has(int i) => i < Count;

    public string Text(int i) => Casts.Text(this[i]);

    /// <summary>Text that is not NULL, for functions of the engine that give arrays.</summary>
    public string SureText(int i) => $"ifNull({Text(i)}, '')";

    public string Double(int i) => Casts.Double(this[i]);

    public string Whole(int i) => Casts.Integer(this[i], 64);

    public Term Number(int i) => Arithmetic.Number(this[i]);

    public string Date(int i) => Casts.Date(this[i]);

    public string Time(int i) => $"toDateTime64({Casts.Timestamp(this[i])}, 6, 'UTC')";

    public string Condition(int i) => Casts.Boolean(this[i]);

    /// <summary>An array; the type of its elements is in its type.</summary>
    public Term Array(int i) => this[i].Type.Kind is SqlKind.Array or SqlKind.Unknown ? this[i] : throw new ExpressionException(this[i].Position, $"{node.Name} needs an array, not a {this[i].Type}");

    public SqlType Element(int i) => Array(i).Type.Element ?? SqlType.Unknown;

    public (string Sql, Term Body) Lambda(int i, params IReadOnlyList<SqlType> types) => translator.Lambda(node.Arguments[i], types);

    /// <summary>An argument that the engine needs to know before it sees a row.</summary>
    public string Literal(int i) => (node.Arguments[i] as TextNode)?.Value ?? throw new ExpressionException(node.Arguments[i].Position, $"{node.Name} needs a plain text here");

    public string Pattern(int i)
    {
        var pattern = Literal(i);
        return JavaPattern.Fault(pattern) is { } fault ? throw new ExpressionException(node.Arguments[i].Position, $"The pattern {fault}") : JavaPattern.Literal(pattern);
    }

    public Term Give(string sql, SqlType type) => new(sql, type, node);

    public ExpressionException Fault(int i, string message) => new(node.Arguments[i].Position, message);
}
