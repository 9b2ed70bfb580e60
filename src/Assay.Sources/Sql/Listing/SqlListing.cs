using System.Data.Common;
using System.Runtime.CompilerServices;
using Assay.Sources.Contract;

namespace Assay.Sources.Sql.Listing;

/// <summary>
/// Lists a schema in a constant number of statements: tables, keys and partitions first, then the columns, which are what there is most
/// of; a container is passed on as soon as its columns are complete.
/// </summary>
/// <param name="schemas">Many schemas at once, which stand in front of the containers' names (<see cref="SchemaGroups"/>); null lists the place's own.</param>
internal sealed class SqlListing(SqlSource source, SqlSession session, SqlPlace place, TimeSpan timeout, IReadOnlyList<string>? schemas = null)
{
    private readonly SqlCatalogue catalogue = schemas is null ? source.CatalogueOf(place) : source.CatalogueOf(place).Together(schemas)!;

    /// <summary>The first column that is not the schema.</summary>
    private readonly int first = schemas is null ? 0 : 1;

    public async IAsyncEnumerable<ContainerStructure> ReadAsync(ListOptions options, [EnumeratorCancellation] CancellationToken cancel)
    {
        var tables = await TablesAsync(options, cancel);
        var keys = await SqlKeys.ReadAsync(session, catalogue.Keys(place), first, timeout, cancel);
        var partitions = await PartitionsAsync(cancel);
        if (catalogue.ColumnsOf(place, "") is not null)
        {
            foreach (var table in tables.Values)
                yield return await OneAsync(table, keys.GetValueOrDefault(table.Name) ?? [], cancel);
            yield break;
        }
        var listed = new HashSet<string>(StringComparer.Ordinal);
        string? current = null;
        List<FieldStructure> fields = [];
        await foreach (var row in session.RowsAsync(catalogue.Columns(place), timeout, cancel))
        {
            var column = ColumnOf(row);
            if (column.Table != current)
            {
                if (Complete() is { } container) yield return container;
                if (current is not null && SchemaGroups.SchemaOf(current) is var schema && schema != SchemaGroups.SchemaOf(column.Table))
                    foreach (var bare in Bare(schema)) yield return bare;
                (current, fields) = (column.Table, []);
            }
            if (tables.ContainsKey(column.Table)) fields.Add(FieldOf(column));
        }
        if (Complete() is { } last) yield return last;
        foreach (var bare in Bare(null)) yield return bare;

        // A table without columns, or a view whose tables are gone: there all the same.
        IEnumerable<ContainerStructure> Bare(string? schema) => tables.Values
            .Where(t => (schema is null || SchemaGroups.SchemaOf(t.Name) == schema) && listed.Add(t.Name)).OrderBy(t => t.Name, StringComparer.Ordinal)
            .Select(table => table with { Problem = table.Kind is ContainerKind.View ? NoColumns(table.Name[(schemas is null ? 0 : SchemaGroups.SchemaOf(table.Name).Length + 1)..]) : null });

        ContainerStructure? Complete()
        {
            if (current is null || !tables.TryGetValue(current, out var table) || !listed.Add(current)) return null;
            return table with
            {
                Fields = fields,
                Keys = keys.GetValueOrDefault(current) ?? [],
                Partitions = partitions.GetValueOrDefault(current) ?? (IReadOnlyList<PartitionStructure>)[],
            };
        }
    }

    private async Task<ContainerStructure> OneAsync(ContainerStructure table, IReadOnlyList<KeyStructure> keys, CancellationToken cancel)
    {
        List<FieldStructure> fields = [];
        try
        {
            await foreach (var row in session.RowsAsync(catalogue.ColumnsOf(place, table.Name)!, timeout, cancel))
                fields.Add(FieldOf(ColumnOf(row)));
        }
        catch (DbException) when (table.Kind is ContainerKind.View)
        {
            return table with { Problem = NoColumns(table.Name) };
        }
        return table with { Fields = fields, Keys = keys };
    }

    private async Task<Dictionary<string, ContainerStructure>> TablesAsync(ListOptions options, CancellationToken cancel)
    {
        var tables = new Dictionary<string, ContainerStructure>(StringComparer.Ordinal);
        await foreach (var row in session.RowsAsync(catalogue.Tables(place), timeout, cancel))
        {
            var (name, count) = (NameOf(row), row.Number(first + 3));
            if (catalogue.KindOf(row.Name(first + 1)) is not { } kind || !options.Wants(kind, name)) continue;
            tables[name] = new ContainerStructure
            {
                Name = name,
                Kind = kind,
                Remarks = row.Text(first + 2),
                Rows = count,
                RowsQuality = count is null ? CountQuality.Unknown : row.Flag(first + 4) is true ? CountQuality.Exact : CountQuality.Estimate,
            };
        }
        return tables;
    }

    private async Task<Dictionary<string, List<PartitionStructure>>> PartitionsAsync(CancellationToken cancel)
    {
        var partitions = new Dictionary<string, List<PartitionStructure>>(StringComparer.Ordinal);
        if (catalogue.Partitions(place) is not { } statement) return partitions;
        await foreach (var row in session.RowsAsync(statement, timeout, cancel))
        {
            if (!partitions.TryGetValue(NameOf(row), out var list)) partitions[NameOf(row)] = list = [];
            DateTimeOffset? changed = row.GetValue(first + 3) is DateTime time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;
            list.Add(new PartitionStructure(row.Name(first + 1), row.Name(first + 1), row.Number(first + 2), changed));
        }
        return partitions;
    }

    private SqlColumnRow ColumnOf(DbDataReader row) => new(
        NameOf(row), row.Name(first + 1), row.Small(first + 2) ?? 0, row.Name(first + 3), row.Text(first + 4) ?? row.Name(first + 3),
        row.Flag(first + 5), row.Small(first + 6), row.Small(first + 7), row.Text(first + 8));

    private string NameOf(DbDataReader row) => first == 0 ? row.Name(0) : SchemaGroups.Name(row.Name(0), row.Name(1));

    private FieldStructure FieldOf(SqlColumnRow column)
    {
        var type = catalogue.TypeOf(column);
        return new FieldStructure(column.Name, column.Ordinal, type.Type, column.Native, column.Nullable, type.Size, type.Digits, column.Remarks) { ElementType = type.Element };
    }

    private static SourceFault NoColumns(string view) => new(SourceFaultCode.SourceError, SqlSteps.List,
        $"The columns of view '{view}' cannot be told: what it reads may be gone, or the user may not see it.");
}
