using Assay.Engine;
using Assay.Quality.Computed;
using Assay.Quality.Expressions;
using Assay.Server.Containers.Computed;
using Assay.Server.Fields;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Server.Reading;

/// <summary>The rows of containers that the engine computes from others: of one container of files, of two joined, or of several by a query.</summary>
internal static class ComputedRows
{
    /// <param name="inputs">The opened rows of the inputs, in the definition's order, with their containers.</param>
    public static SelectClause Write(ComputedDefinition definition, IReadOnlyList<(StoredContainer Container, EngineRows Rows)> inputs, DateTimeOffset now)
    {
        var settings = new ExpressionSettings(now);
        if (definition.Sources is { } sources)
            return JoinQuery.Write(definition.Query!, [.. sources.Zip(inputs, (source, input) => new JoinSource(source.Alias, Plain(input), [.. input.Container.Readable.Select(f => StoredContainer.Typed(f))]))], settings);
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

    /// <summary>The fields of the inputs by the names that the clauses have for them.</summary>
    public static IEnumerable<(string Name, Field Field)> Names(ComputedDefinition definition, IReadOnlyList<StoredContainer> inputs)
    {
        var prefixes = definition.Sources is { } sources ? [.. sources.Select(s => $"{s.Alias}.")]
            : inputs.Count == 1 ? new List<string> { "" } : [$"{definition.LeftPrefix}_", $"{definition.RightPrefix}_"];
        return inputs.Zip(prefixes).SelectMany(input => input.First.Readable.Select(f => ($"{input.Second}{f.Name}", f)));
    }

    private static string Plain((StoredContainer Container, EngineRows Rows) input) =>
        $"SELECT {string.Join(", ", input.Container.Readable.Select(f => EngineName.Quote(f.Name)))} FROM ({input.Rows.Sql})";

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
