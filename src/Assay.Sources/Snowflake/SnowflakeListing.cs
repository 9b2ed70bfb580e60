using System.Globalization;
using System.Runtime.CompilerServices;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

/// <summary>Discovery, and the listing of a schema in five statements whatever its size: tables, columns, and the three kinds of keys.</summary>
internal static class SnowflakeListing
{
    private static readonly SnowflakeDialect Sql = new();

    public static async Task<IReadOnlyList<CatalogEntry>> DatabasesAsync(SnowflakeSession session, CancellationToken cancel)
    {
        var entries = new List<CatalogEntry>();
        for (string? last = null; ;)
        {
            var from = last is null ? "" : $" FROM {Sql.Text(last)}";
            var names = await NamesAsync(session, $"SHOW TERSE DATABASES LIMIT {SnowflakeKeys.MostShown}{from}", cancel);
            entries.AddRange(names.Where(name => name != last).Select(name => new CatalogEntry(name, name == "SNOWFLAKE")));
            if (names.Count < SnowflakeKeys.MostShown) break;
            last = names[^1];
        }
        return [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    public static async Task<IReadOnlyList<CatalogEntry>> SchemasAsync(SnowflakeSession session, string? database, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(database))
            throw new WarehouseRefusal(SourceFaultCode.InvalidSettings, "Name the database whose schemas are meant.");
        var entries = new List<CatalogEntry>();
        await foreach (var row in session.QueryAsync($"SELECT SCHEMA_NAME FROM {Sql.Quote(database)}.INFORMATION_SCHEMA.SCHEMATA ORDER BY SCHEMA_NAME", cancel))
            entries.Add(new CatalogEntry(row[0]!, row[0] == "INFORMATION_SCHEMA"));
        return entries;
    }

    public static IAsyncEnumerable<ContainerStructure> ContainersAsync(SnowflakeSession session, WarehousePlace place, ListOptions list, CancellationToken cancel) => ContainersAsync(
        session, Sql.Quote(place.Catalog!), $"= {Sql.Text(place.Schema!)}", $"SCHEMA {Sql.Quote(place.Catalog!)}.{Sql.Quote(place.Schema!)}", (_, table) => table, list, cancel);

    /// <summary>The same five statements about many schemas of a database; their names stand in front of the tables'.</summary>
    public static IAsyncEnumerable<ContainerStructure> ContainersAsync(
        SnowflakeSession session, string database, IReadOnlyList<string> schemas, ListOptions list, CancellationToken cancel) => ContainersAsync(
        session, Sql.Quote(database), $"IN ({string.Join(", ", schemas.Select(Sql.Text))})", $"DATABASE {Sql.Quote(database)}", SchemaGroups.Name, list, cancel);

    private static async IAsyncEnumerable<ContainerStructure> ContainersAsync(
        SnowflakeSession session, string catalog, string which, string scope, Func<string, string, string> nameOf, ListOptions list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var tables = new List<ListedTable>();
        await foreach (var row in session.QueryAsync(
            $"SELECT TABLE_NAME, TABLE_TYPE, COMMENT, ROW_COUNT, TABLE_SCHEMA FROM {catalog}.INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA {which}", cancel))
        {
            var (name, kind) = (nameOf(row[4]!, row[0]!), KindOf(row[1]));
            if (list.Wants(kind, name)) tables.Add(new ListedTable(name, kind, row[2], Number(row[3]), row[3] is null ? CountQuality.Unknown : CountQuality.Exact));
        }
        var keys = KeyRow.ByTable(await new SnowflakeKeys(session, catalog, nameOf).ReadAsync(scope, which, cancel));
        await foreach (var container in ListedTables.JoinAsync(tables, ColumnsAsync(session, catalog, which, nameOf, cancel), keys))
            yield return container;
    }

    private static async IAsyncEnumerable<(string, FieldStructure)> ColumnsAsync(
        SnowflakeSession session, string catalog, string which, Func<string, string, string> nameOf, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in session.QueryAsync($"""
            SELECT TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, IS_NULLABLE, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION, COMMENT, TABLE_SCHEMA
            FROM {catalog}.INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA {which} ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
            """, cancel))
        {
            var type = SnowflakeTypes.Of(row[4]!, Number(row[5]), (int?)Number(row[6]), (int?)Number(row[7]), (int?)Number(row[8]));
            yield return (nameOf(row[10]!, row[0]!), new FieldStructure(row[1]!, (int)Number(row[2])!.Value, type.Type, type.Native, row[3] != "NO", type.Size, type.Digits,
                string.IsNullOrEmpty(row[9]) ? null : row[9]));
        }
    }

    private static async Task<List<string>> NamesAsync(SnowflakeSession session, string show, CancellationToken cancel)
    {
        var result = await session.RunAsync(show, cancel);
        var (name, names) = (result.Position("name"), new List<string>());
        await foreach (var row in session.RowsAsync(result, cancel)) names.Add(row[name]!);
        return names;
    }

    private static ContainerKind KindOf(string? type) => type switch
    {
        "VIEW" => ContainerKind.View,
        "MATERIALIZED VIEW" => ContainerKind.MaterializedView,
        "EXTERNAL TABLE" => ContainerKind.ForeignTable,
        _ => ContainerKind.Table,
    };

    private static long? Number(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
