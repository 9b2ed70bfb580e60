using Assay.Engine;
using Assay.Quality.Expressions;
using Assay.Quality.Scanning;

namespace Assay.Quality.Grouping;

/// <summary>A condition of Spark SQL on rows, in the engine's words, as scans understand it in a check's filter.</summary>
/// <param name="Fault">What is wrong; null where nothing is.</param>
public sealed record FilteredRows(string Condition, ExpressionFault? Fault)
{
    /// <param name="fields">The fields that the condition may name; others are unknown to it.</param>
    /// <exception cref="EngineException">The rows cannot be read.</exception>
    public static async Task<FilteredRows> OfAsync(
        IEngine engine, Relation rows, IReadOnlyCollection<string> fields, string filter, DateTimeOffset now, CancellationToken cancellation)
    {
        var described = await DescribedRelation.OfAsync(engine, rows, cancellation);
        return Of(described.Columns.Where(c => fields.Contains(c.Name)), filter, now);
    }

    internal static FilteredRows Of(IEnumerable<ExpressionColumn> columns, string filter, DateTimeOffset now)
    {
        var condition = SparkExpression.Condition(filter, columns, new ExpressionSettings(now));
        return new(condition.Sql, condition.Fault);
    }
}
