using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql.Queries;

namespace Assay.Sources.Sql.Reading;

/// <summary>Writes the SELECT of a read: columns, partitions, the incremental bound and the row limit are the source's work.</summary>
internal static class SqlSelect
{
    public static SqlStatement Write(SqlDialect dialect, SqlPlace place, ContainerRead read, IReadOnlyList<SqlColumn> columns, KeyRange? range = null)
    {
        List<(string, object?)> values = [];
        // A table without columns still has rows.
        var chosen = columns.Count == 0 ? "1" : string.Join(", ", columns.Select(c => $"{c.Expression} AS {c.Staged}"));
        var table = Relation(dialect, place, read);
        string[] parts = read.Partitions is null && (read.PartitionColumn is null || read.Container.Partitions.Count == 0)
            ? [Select(chosen + Origin(read.Container.Name), table)]
            : [.. Partitions(read).Select(p => Select(chosen + Origin(p.Name),
                dialect.Partition(place, read.Container.Name, p) ?? throw Refused($"The partitions of '{read.Container.Name}' cannot be read one by one.")))];
        if (parts.Length == 0) parts = [Select(chosen + Origin(""), table, "1 = 0")];
        var rows = string.Join(" UNION ALL ", parts);
        if (read.RowLimit is { } limit)
            rows = dialect.Limited(parts.Length > 1 ? $"SELECT * FROM ({rows}) assay_rows" : rows, limit);
        return new SqlStatement(rows, values);

        string Select(string what, string from, params IEnumerable<string> conditions)
        {
            if (range is not null) conditions = conditions.Append($"{range}");
            if (read.After is { Field: { } field, Value: { } value })
            {
                var bound = read.Container.Fields.FirstOrDefault(f => f.Name == field) ?? throw Refused($"'{read.Container.Name}' has no field '{field}'.");
                conditions = conditions.Append($"{dialect.Quote(field)} > {Add(dialect.Bound(bound, value))}");
            }
            if (read.Share is { } share && dialect.Chance is { } chance) conditions = conditions.Append(RowConditions.Sample(chance, share));
            return $"SELECT {what} FROM {from}{RowConditions.Where(conditions)}";
        }

        string Origin(string name) => read.PartitionColumn is null ? "" : $", {Add(name)}";

        string Add(object value)
        {
            var name = $"p{values.Count}";
            values.Add((name, value));
            return dialect.Parameter(name);
        }
    }

    public static SqlStatement Count(SqlDialect dialect, SqlPlace place, ContainerRead read) => new($"SELECT COUNT(*) FROM {Relation(dialect, place, read)}");

    private static string Relation(SqlDialect dialect, SqlPlace place, ContainerRead read) =>
        read.Query is { } query ? $"{QueryText.Relation(query, dialect.Lexis)} assay_rows" : dialect.Table(place, read.Container.Name);

    public static SourceException Refused(string message) => new(new SourceFault(SourceFaultCode.InvalidSettings, SqlSteps.Rows, message));

    private static IEnumerable<PartitionStructure> Partitions(ContainerRead read)
    {
        if (read.Partitions is null) return read.Container.Partitions;
        var known = read.Container.Partitions.ToDictionary(p => p.Name, StringComparer.Ordinal);
        return read.Partitions.Select(name => known.GetValueOrDefault(name) ?? throw Refused($"'{read.Container.Name}' has no partition '{name}'."));
    }
}
