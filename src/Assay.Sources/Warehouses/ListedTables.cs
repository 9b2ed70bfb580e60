using Assay.Sources.Contract;

namespace Assay.Sources.Warehouses;

/// <summary>A table as a vendor's list of tables has it; its columns come with another statement.</summary>
internal sealed record ListedTable(string Name, ContainerKind Kind, string? Remarks = null, long? Rows = null, CountQuality RowsQuality = CountQuality.Unknown);

/// <summary>Puts tables, their columns and their keys together, which come from one statement each.</summary>
internal static class ListedTables
{
    /// <summary>Streams the containers in the order of the columns, which have to come table by table; tables without columns come last in their schema.</summary>
    public static async IAsyncEnumerable<ContainerStructure> JoinAsync(
        IEnumerable<ListedTable> tables, IAsyncEnumerable<(string Table, FieldStructure Field)> columns, ILookup<string, KeyStructure> keys)
    {
        var waiting = tables.ToDictionary(t => t.Name, StringComparer.Ordinal);
        ListedTable? current = null;
        string? schema = null;
        var fields = new List<FieldStructure>();
        await foreach (var (table, field) in columns)
        {
            if (table != current?.Name)
            {
                if (current is not null) yield return Container(current, fields, keys);
                if (SchemaGroups.SchemaOf(table) is var next && next != schema)
                {
                    if (schema is not null) foreach (var bare in Bare(schema)) yield return bare;
                    schema = next;
                }
                fields = [];
                // Columns of what was not asked for, or came into being between the statements, are passed over.
                waiting.Remove(table, out current);
            }
            if (current is not null) fields.Add(field);
        }
        if (current is not null) yield return Container(current, fields, keys);
        foreach (var bare in Bare(null)) yield return bare;

        IEnumerable<ContainerStructure> Bare(string? of)
        {
            foreach (var table in waiting.Values.Where(t => of is null || SchemaGroups.SchemaOf(t.Name) == of).OrderBy(t => t.Name, StringComparer.Ordinal).ToList())
            {
                waiting.Remove(table.Name);
                yield return Container(table, [], keys);
            }
        }
    }

    private static ContainerStructure Container(ListedTable table, List<FieldStructure> fields, ILookup<string, KeyStructure> keys) => new()
    {
        Name = table.Name,
        Kind = table.Kind,
        Remarks = string.IsNullOrEmpty(table.Remarks) ? null : table.Remarks,
        Rows = table.Rows,
        RowsQuality = table.RowsQuality,
        Fields = fields,
        Keys = [.. keys[table.Name]],
    };
}
