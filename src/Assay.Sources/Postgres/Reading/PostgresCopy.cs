using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Postgres.Reading;

/// <summary>Writes the COPY statement of a read. COPY takes no parameters, so that values stand in it as quoted literals.</summary>
internal static class PostgresCopy
{
    /// <param name="blocks">Only rows that lie in this range of the table; null for all.</param>
    public static string Statement(PostgresPlace place, ContainerRead read, IReadOnlyList<PostgresColumn> columns, BlockRange? blocks = null)
    {
        var chosen = string.Join(", ", columns.Select(c => c.CopyExpression));
        var rows = read.Partitions is null
            ? Select(chosen + (read.PartitionColumn is null ? "" : read.Query is null ? $", {PartitionName}" : ", ''::text"), Relation(place, read), read, blocks,
                read.PartitionColumn is not null && read.Query is null ? PartitionNames : "")
            : string.Join(" UNION ALL ", Partitions(read).Select(p =>
                Select(chosen + (read.PartitionColumn is null ? "" : $", {Literal(p.Name)}::text"), p.Location!, read)));
        return $"COPY ({rows}{(read.RowLimit is { } limit ? $" LIMIT {limit.ToString(CultureInfo.InvariantCulture)}" : "")}) TO STDOUT";
    }

    /// <summary>The container, or the query that is read in its stead.</summary>
    public static string Relation(PostgresPlace place, ContainerRead read) => read.Query is { } query ? PostgresQuery.Relation(query) : Table(place, read.Container.Name);

    /// <summary>What stands behind a COPY that prints texts byte by byte.</summary>
    public const string AsItIs = " (ENCODING 'SQL_ASCII')";

    /// <summary>The partition that a row lies in, as the listing names it.</summary>
    private const string PartitionName = "assay_rows_partition";

    /// <summary>The names of partitions, joined: a sub-query would be run once for each row, which takes several times as long as reading it.</summary>
    private const string PartitionNames = $" JOIN (SELECT p.oid AS assay_rows_oid, p.relname::text AS {PartitionName} FROM pg_catalog.pg_class p) AS assay_names ON assay_rows_oid = assay_rows.tableoid";

    private static string Select(string columns, string table, ContainerRead read, BlockRange? blocks = null, string names = "") =>
        $"SELECT {columns} FROM {table} AS assay_rows{names}{Where(read, blocks)}";

    /// <summary>The bound comes first: a sample of all rows would leave few of those behind it.</summary>
    private static string Where(ContainerRead read, BlockRange? blocks)
    {
        List<string> conditions = [];
        if (read.After is { Field: { } field, Value: { } value }) conditions.Add($"{PostgresNames.Quote(Known(read, field))} > {Literal(value)}");
        // Not TABLESAMPLE, which views and foreign tables do not have, and which would come before the bound.
        if (read.Share is { } share) conditions.Add(RowConditions.Sample("random()", share));
        if (blocks?.From is { } from) conditions.Add($"assay_rows.ctid >= '({from},0)'::tid");
        if (blocks?.Until is { } until) conditions.Add($"assay_rows.ctid < '({until},0)'::tid");
        return RowConditions.Where(conditions);
    }

    private static IEnumerable<PartitionStructure> Partitions(ContainerRead read)
    {
        var known = read.Container.Partitions.Where(p => p.Location is not null).ToDictionary(p => p.Name, StringComparer.Ordinal);
        return read.Partitions!.Select(name => known.GetValueOrDefault(name) ?? throw Refused($"'{read.Container.Name}' has no partition '{name}'."));
    }

    private static string Known(ContainerRead read, string field) => read.Container.Fields.Any(f => f.Name == field)
        ? field
        : throw Refused($"'{read.Container.Name}' has no field '{field}'.");

    private static string Table(PostgresPlace place, string name) => $"{PostgresNames.Quote(place.Schema!)}.{PostgresNames.Quote(name)}";

    private static string Literal(object value) => value switch
    {
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        DateTimeOffset time => $"'{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'",
        DateOnly day => $"'{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw Refused("The incremental bound is neither a number nor a time."),
    };

    public static SourceException Refused(string message) =>
        new(new SourceFault(SourceFaultCode.InvalidSettings, PostgresSteps.Rows, message));
}
