using Assay.Engine;
using Assay.Quality.Computed;
using Assay.Quality.Expressions;
using Assay.Server.Containers.Computed;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Server.Reading;

/// <summary>The rows of containers that the engine computes from others: of one container of files, or of two joined.</summary>
internal static class ComputedRows
{
    /// <param name="inputs">The opened rows of the inputs, in the definition's order, with their containers.</param>
    public static SelectClause Write(ComputedDefinition definition, IReadOnlyList<(StoredContainer Container, EngineRows Rows)> inputs, DateTimeOffset now)
    {
        var settings = new ExpressionSettings(now);
        if (inputs is [var (only, rows)])
            return SelectClause.Write(definition.SelectClause!, definition.WhereClause, definition.GroupByClause, Columns(only, null), $"({rows.Sql})", settings);
        var (left, right) = (inputs[0], inputs[1]);
        var columns = definition.JoinType is "left_semi" or "left_anti"
            ? Columns(left.Container, definition.LeftPrefix)
            : [.. Columns(left.Container, definition.LeftPrefix), .. Columns(right.Container, definition.RightPrefix)];
        var joined = $"(SELECT {string.Join(", ", columns.Select(c => c.Sql))} FROM {Side(left, definition.LeftPrefix)} AS l {Kind(definition.JoinType)} JOIN {Side(right, definition.RightPrefix)} AS r "
            + $"ON l.{EngineName.Quote($"{definition.LeftPrefix}_{definition.LeftJoinFieldName}")} = r.{EngineName.Quote($"{definition.RightPrefix}_{definition.RightJoinFieldName}")} SETTINGS join_use_nulls = 1)";
        return SelectClause.Write(definition.SelectClause!, definition.WhereClause, definition.GroupByClause, columns, joined, settings);
    }

    /// <summary>The computed rows with what a reader restricts them to.</summary>
    public static string Restricted(string sql, ContainerRead read)
    {
        var names = read.Columns ?? [.. read.Container.Fields.Select(f => f.Name)];
        var columns = names.Select(n => read.Container.Fields.Any(f => f.Name == n) ? EngineName.Quote(n)
            : throw new SourceException(new SourceFault(SourceFaultCode.InvalidSettings, "read rows", $"'{read.Container.Name}' has no field '{n}'.")));
        if (read.PartitionColumn is { } partition) columns = columns.Append($"{EngineLiteral.Quote(read.Container.Name)} AS {EngineName.Quote(partition)}");
        return $"SELECT {string.Join(", ", columns)} FROM ({sql}){(read.RowLimit is { } limit ? $" LIMIT {limit}" : "")}";
    }

    private static string Side((StoredContainer Container, EngineRows Rows) input, string prefix) =>
        $"(SELECT {string.Join(", ", input.Container.Readable.Select(f => $"{EngineName.Quote(f.Name)} AS {EngineName.Quote($"{prefix}_{f.Name}")}"))} FROM ({input.Rows.Sql}))";

    private static List<ExpressionColumn> Columns(StoredContainer container, string? prefix) => [.. SparkExpression.Columns(container.Readable.Select(f => StoredContainer.Typed(f, prefix)))];

    private static string Kind(string type) => type switch
    {
        "left" => "LEFT",
        "right" => "RIGHT",
        "outer" => "FULL",
        "left_semi" => "LEFT SEMI",
        "left_anti" => "LEFT ANTI",
        _ => "INNER",
    };
}
