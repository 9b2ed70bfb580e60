using Assay.Quality.Expressions.Syntax;
using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions;

/// <summary>One expression of Spark SQL in the engine's words, or why there is none.</summary>
/// <param name="Sql">The engine's expression; empty where there is a fault.</param>
/// <param name="Type">What it gives.</param>
/// <param name="Fault">What is wrong; null where nothing is.</param>
public sealed record SparkExpression(string Sql, SqlType Type, ExpressionFault? Fault)
{
    /// <summary>The columns that it names.</summary>
    public IReadOnlyCollection<string> Uses { get; private init; } = [];

    /// <summary>Translates an expression.</summary>
    /// <param name="text">As its author wrote it.</param>
    /// <param name="columns">The columns that it may name.</param>
    /// <param name="settings">What else it may refer to.</param>
    /// <param name="mode">Where it stands.</param>
    /// <param name="self">The relation that <c>{{_qualytics_self}}</c> means, in parentheses; null where no sub-query is possible.</param>
    public static SparkExpression Translate(
        string text, IEnumerable<ExpressionColumn> columns, ExpressionSettings settings, ExpressionMode mode = ExpressionMode.Row, string? self = null)
    {
        try
        {
            var scope = new Scope(columns);
            var term = new Translator(scope, settings, mode, self).Translate(Parser.Parse(text, settings));
            if (term.Type.Kind == SqlKind.Interval && term.Months is not null) throw new ExpressionException(0, "An interval of months has no length");
            return new(term.Sql, term.Type, null) { Uses = scope.Used };
        }
        catch (ExpressionException refused)
        {
            return new("", SqlType.Unknown, refused.Fault);
        }
    }

    /// <summary>As <see cref="Translate"/>, for something that has to be true or false.</summary>
    public static SparkExpression Condition(string text, IEnumerable<ExpressionColumn> columns, ExpressionSettings settings, string? self = null)
    {
        try
        {
            var node = Parser.Parse(text, settings);
            var scope = new Scope(columns);
            return new(new Translator(scope, settings, ExpressionMode.Row, self).Condition(node), SqlType.Boolean, null) { Uses = scope.Used };
        }
        catch (ExpressionException refused)
        {
            return new("", SqlType.Unknown, refused.Fault);
        }
    }

    /// <summary>The columns of a container by its declared types, for reviewing an expression before any row is read.</summary>
    public static IEnumerable<ExpressionColumn> Columns(IEnumerable<ContainerField> fields) =>
        fields.Select(f => new ExpressionColumn(f.Name, Assay.Engine.EngineName.Quote(f.Name), SqlType.Of(f.Type, f.ElementType)));
}
