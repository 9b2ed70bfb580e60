using Assay.Sources.Contract;

namespace Assay.Sources.Warehouses;

/// <summary>One column of one key, as vendors list them.</summary>
internal sealed record KeyRow(KeyKind Kind, string Table, string Name, int Position, string Column)
{
    public string? ReferencedSchema { get; init; }
    public string? ReferencedTable { get; init; }
    public string? ReferencedColumn { get; init; }

    /// <summary>The keys of each table, columns in the keys' own order.</summary>
    public static ILookup<string, KeyStructure> ByTable(IEnumerable<KeyRow> rows) => rows
        .GroupBy(r => (r.Table, r.Kind, r.Name))
        .OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Name, StringComparer.Ordinal)
        .ToLookup(g => g.Key.Table, g =>
        {
            var columns = g.OrderBy(r => r.Position).ToList();
            return new KeyStructure(g.Key.Kind, g.Key.Name, [.. columns.Select(c => c.Column)])
            {
                ReferencedSchema = columns[0].ReferencedSchema,
                ReferencedContainer = columns[0].ReferencedTable,
                ReferencedFields = [.. columns.Select(c => c.ReferencedColumn).OfType<string>()],
            };
        });
}
