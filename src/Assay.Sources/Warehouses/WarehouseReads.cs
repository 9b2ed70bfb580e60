using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Warehouses;

/// <summary>Reads a table with one SELECT, whose rows are streamed into a staging table of the engine as the vendor's answers come.</summary>
internal static class WarehouseReads
{
    public static EngineSource Describe(SqlDialect dialect, WarehousePlace place, ContainerRead read, Func<string, CancellationToken, IAsyncEnumerable<string?[]>> query)
    {
        var fields = StagedColumns.Chosen(read, WarehouseSteps.Rows).ToList();
        var columns = new StagedColumns([.. fields.Select((field, i) => Staged(dialect, field, i))], read);
        var sql = Select(dialect, place, read, fields);
        return new StagedSource(columns.OfEngine, "TSV", TsvRows.Parsing, async (output, cancel) =>
        {
            var rows = new TsvRows(output.WriteAsync);
            // The vendors have no partitions that could be read alone; a table is its own and only one.
            var partition = read.PartitionColumn is null ? null : read.Container.Name;
            await foreach (var cells in query(sql, cancel))
                await rows.WriteAsync(partition is null ? cells : [.. cells, partition], cancel);
            await rows.FlushAsync(cancel);
        }, columns.SelectAsync);
    }

    private static StagedColumn Staged(SqlDialect dialect, FieldStructure field, int position)
    {
        var (type, conversion) = dialect.Staging(field);
        return new StagedColumn(field, $"c{position}", type, conversion);
    }

    internal static string Select(SqlDialect dialect, WarehousePlace place, ContainerRead read, IReadOnlyList<FieldStructure> fields)
    {
        // A table of no columns has rows all the same, but no SELECT can name nothing.
        var columns = fields.Count == 0 ? "NULL" : string.Join(", ", fields.Select(dialect.Expression));
        var conditions = new List<string>();
        if (read.After is { Field: { } name, Value: { } value }) conditions.Add($"{dialect.Quote(name)} > {dialect.Literal(value, Known(read, name))}");
        if (read.Share is { } share) conditions.Add(RowConditions.Sample(dialect.Chance, share));
        var limit = read.RowLimit is { } most ? $" LIMIT {most.ToString(CultureInfo.InvariantCulture)}" : "";
        return $"SELECT {columns} FROM {Relation(dialect, place, read)}{RowConditions.Where(conditions)}{limit}";
    }

    public static string Count(SqlDialect dialect, WarehousePlace place, ContainerRead read) => $"SELECT COUNT(*) AS assay_count FROM {Relation(dialect, place, read)}";

    private static string Relation(SqlDialect dialect, WarehousePlace place, ContainerRead read) => read.Query is { } query ? dialect.Relation(query) : dialect.Table(place, read.Container.Name);

    private static FieldStructure Known(ContainerRead read, string name) => read.Container.Fields.FirstOrDefault(f => f.Name == name)
        ?? throw new SourceException(new SourceFault(SourceFaultCode.InvalidSettings, WarehouseSteps.Rows, $"'{read.Container.Name}' has no field '{name}'."));
}
