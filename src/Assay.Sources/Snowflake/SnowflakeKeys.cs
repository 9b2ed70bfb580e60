using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

/// <summary>
/// The keys of a schema or a database. Only SHOW tells their columns, and no more than 10,000 of them at once, without a way to ask for the
/// rest; so where it was cut, the tables that are missing are asked for one by one.
/// </summary>
/// <param name="nameOf">The name by which a table is known, from its schema and its own.</param>
internal sealed class SnowflakeKeys(SnowflakeSession session, string catalog, Func<string, string, string> nameOf)
{
    /// <summary>SHOW gives no more rows than this at once.</summary>
    public const int MostShown = 10_000;

    private static readonly SnowflakeDialect sql = new();

    /// <param name="scope">What follows IN, such as <c>SCHEMA "A"."B"</c>.</param>
    /// <param name="which">The schemas that are meant, as a condition's right side.</param>
    public async Task<List<KeyRow>> ReadAsync(string scope, string which, CancellationToken cancel)
    {
        var keys = new List<KeyRow>();
        foreach (var (kind, what) in new[] { (KeyKind.Primary, "PRIMARY"), (KeyKind.Unique, "UNIQUE"), (KeyKind.Foreign, "IMPORTED") })
        {
            var shown = await ShowAsync(kind, what, scope, cancel);
            keys.AddRange(shown.Count < MostShown ? shown.Select(s => s.Key) : await TableByTableAsync(kind, what, which, shown, cancel));
        }
        return keys;
    }

    private async Task<List<KeyRow>> TableByTableAsync(KeyKind kind, string what, string which, List<(string Schema, string Table, KeyRow Key)> shown, CancellationToken cancel)
    {
        // The last table that was shown may have been cut in the middle.
        var last = (shown[^1].Schema, shown[^1].Table);
        var keys = shown.Where(s => (s.Schema, s.Table) != last).Select(s => s.Key).ToList();
        var complete = shown.Select(s => (s.Schema, s.Table)).Where(table => table != last).ToHashSet();
        var constraint = kind switch { KeyKind.Primary => "PRIMARY KEY", KeyKind.Unique => "UNIQUE", _ => "FOREIGN KEY" };
        var tables = await session.QueryAsync(
            $"SELECT DISTINCT TABLE_SCHEMA, TABLE_NAME FROM {catalog}.INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE TABLE_SCHEMA {which} AND CONSTRAINT_TYPE = {sql.Text(constraint)}", cancel).ToListAsync(cancel);
        foreach (var table in tables.Where(row => !complete.Contains((row[0]!, row[1]!))))
            keys.AddRange((await ShowAsync(kind, what, $"TABLE {catalog}.{sql.Quote(table[0]!)}.{sql.Quote(table[1]!)}", cancel)).Select(s => s.Key));
        return keys;
    }

    private async Task<List<(string Schema, string Table, KeyRow Key)>> ShowAsync(KeyKind kind, string what, string scope, CancellationToken cancel)
    {
        var result = await session.RunAsync($"SHOW {what} KEYS IN {scope}", cancel);
        var own = kind is KeyKind.Foreign ? "fk_" : "";
        var (schema, table, column) = (result.Position($"{own}schema_name"), result.Position($"{own}table_name"), result.Position($"{own}column_name"));
        var (position, name) = (result.Position("key_sequence"), result.Position(kind is KeyKind.Foreign ? "fk_name" : "constraint_name"));
        var at = kind is KeyKind.Foreign ? new[] { "pk_schema_name", "pk_table_name", "pk_column_name" }.Select(result.Position).ToArray() : null;
        var keys = new List<(string, string, KeyRow)>();
        await foreach (var row in session.RowsAsync(result, cancel))
            keys.Add((row[schema]!, row[table]!, new KeyRow(kind, nameOf(row[schema]!, row[table]!), row[name] ?? "", int.Parse(row[position]!, CultureInfo.InvariantCulture), row[column]!)
            {
                ReferencedSchema = at is null ? null : row[at[0]],
                ReferencedTable = at is null ? null : row[at[1]],
                ReferencedColumn = at is null ? null : row[at[2]],
            }));
        return keys;
    }
}
