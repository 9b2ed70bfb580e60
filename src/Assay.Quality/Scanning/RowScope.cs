using Assay.Quality.Checks;
using Assay.Quality.Expressions;

namespace Assay.Quality.Scanning;

/// <summary>What a rule sees of the rows in order to write its condition or its aggregates.</summary>
internal sealed record RowScope
{
    public required CheckScope Check { get; init; }

    public required DescribedRelation Rows { get; init; }

    /// <summary>Which rows are asserted; <c>1</c> for all.</summary>
    public required string Filter { get; init; }

    /// <summary>The check's fields, or the element of an array in their place.</summary>
    public required IReadOnlyList<SqlValue> Values { get; init; }

    public DescribedRelation? Reference { get; init; }

    /// <summary>What Spark SQL may refer to besides columns.</summary>
    public required ExpressionSettings Settings { get; init; }

    public SqlValue Value => Values[0];

    public CheckProperties Properties => Check.Properties;

    /// <summary>Another field of the same row.</summary>
    public SqlValue Field(string name) => Rows.Value(name);

    /// <summary>Spark SQL over the rows, in the engine's words.</summary>
    /// <exception cref="ExpressionException">It does not translate.</exception>
    public SqlValue Expression(string text) => Rows.Translate(text, Settings);

    /// <summary>An aggregate over the asserted rows: <c>sumIf(x, filter)</c>.</summary>
    public string Aggregate(string function, string argument) => Filter == "1" ? $"{function}({argument})" : $"{function}If({argument}, {Filter})";
}
