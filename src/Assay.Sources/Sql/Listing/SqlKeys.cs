using Assay.Sources.Contract;

namespace Assay.Sources.Sql.Listing;

/// <summary>Puts keys together from a statement that answers a row for each of their fields.</summary>
internal static class SqlKeys
{
    /// <param name="first">The first column that is not the schema: 1 where that stands in front.</param>
    /// <returns>The keys by table; primary first, as the statement orders them.</returns>
    public static async Task<Dictionary<string, IReadOnlyList<KeyStructure>>> ReadAsync(
        SqlSession session, SqlStatement? statement, int first, TimeSpan timeout, CancellationToken cancel)
    {
        var rows = new List<KeyField>();
        if (statement is not null)
            await foreach (var row in session.RowsAsync(statement, timeout, cancel))
                rows.Add(new(first == 0 ? row.Name(0) : SchemaGroups.Name(row.Name(0), row.Name(1)), row.Name(first + 1).Trim() switch { "P" => KeyKind.Primary, "U" => KeyKind.Unique, _ => KeyKind.Foreign },
                    row.Name(first + 2), row.Name(first + 3), row.Text(first + 4), row.Text(first + 5), row.Text(first + 6)));
        return rows.GroupBy(r => r.Table, StringComparer.Ordinal).ToDictionary(
            table => table.Key,
            table => (IReadOnlyList<KeyStructure>)[.. table.GroupBy(r => (r.Kind, r.Name)).Select(Key).OrderBy(k => k.Kind)],
            StringComparer.Ordinal);
    }

    private static KeyStructure Key(IGrouping<(KeyKind Kind, string Name), KeyField> fields) =>
        new(fields.Key.Kind, fields.Key.Name, [.. fields.Select(f => f.Field)])
        {
            ReferencedSchema = fields.First().Schema,
            ReferencedContainer = fields.First().Container,
            ReferencedFields = [.. fields.Where(f => f.Referenced is not null).Select(f => f.Referenced!)],
        };

    private sealed record KeyField(string Table, KeyKind Kind, string Name, string Field, string? Schema, string? Container, string? Referenced);
}
