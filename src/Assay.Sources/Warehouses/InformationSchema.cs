using System.Globalization;
using System.Runtime.CompilerServices;
using Assay.Sources.Contract;

namespace Assay.Sources.Warehouses;

/// <summary>Lists a schema by an information schema: two statements, or three where there are keys.</summary>
/// <param name="Tables">Gives name, type, remarks, rows.</param>
/// <param name="Columns">Gives table, column, type, nullable, remarks; table by table, in the columns' order.</param>
/// <param name="Keys">Gives kind, table, key, position, column, and the referenced schema, table and column; null where the vendor has no keys.</param>
/// <param name="Together">Each statement gives the schema in front, and the columns come schema by schema.</param>
internal sealed record InformationSchema(string Tables, string Columns, string? Keys = null, bool Together = false)
{
    /// <summary>The first column that is not the schema.</summary>
    private int First => Together ? 1 : 0;

    public async IAsyncEnumerable<ContainerStructure> ListAsync(IWarehouseSession session, ListOptions list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var tables = new List<ListedTable>();
        await foreach (var row in session.QueryAsync(Tables, cancel))
        {
            var kind = KindOf(row[First + 1]);
            long? rows = long.TryParse(row[First + 3], CultureInfo.InvariantCulture, out var number) ? number : null;
            if (list.Wants(kind, NameOf(row, 0)))
                tables.Add(new ListedTable(NameOf(row, 0), kind, row[First + 2], rows, rows is null ? CountQuality.Unknown : CountQuality.Exact));
        }
        var keys = new List<KeyRow>();
        if (Keys is not null)
            await foreach (var row in session.QueryAsync(Keys, cancel))
                keys.Add(new KeyRow(row[First] is "PRIMARY KEY" ? KeyKind.Primary : row[First] is "FOREIGN KEY" ? KeyKind.Foreign : KeyKind.Unique,
                    NameOf(row, 1), row[First + 2]!, int.Parse(row[First + 3]!, CultureInfo.InvariantCulture), row[First + 4]!)
                {
                    ReferencedSchema = row[First + 5],
                    ReferencedTable = row[First + 6],
                    ReferencedColumn = row[First + 7],
                });
        await foreach (var container in ListedTables.JoinAsync(tables, ColumnsAsync(session, cancel), KeyRow.ByTable(keys)))
            yield return container;
    }

    public static ContainerKind KindOf(string? type) => type?.ToUpperInvariant().Replace('_', ' ') switch
    {
        "VIEW" or "VIRTUAL VIEW" or "METRIC VIEW" => ContainerKind.View,
        "MATERIALIZED VIEW" => ContainerKind.MaterializedView,
        "EXTERNAL" or "EXTERNAL TABLE" or "FOREIGN" => ContainerKind.ForeignTable,
        _ => ContainerKind.Table,
    };

    public static async Task<IReadOnlyList<CatalogEntry>> NamesAsync(IWarehouseSession session, string sql, Func<string, bool> system, CancellationToken cancel)
    {
        var entries = new List<CatalogEntry>();
        await foreach (var row in session.QueryAsync(sql, cancel)) entries.Add(new CatalogEntry(row[0]!, system(row[0]!)));
        return [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    /// <summary>Positions are counted here: vendors begin at 0 or at 1.</summary>
    private async IAsyncEnumerable<(string, FieldStructure)> ColumnsAsync(IWarehouseSession session, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (table, ordinal) = ("", 0);
        await foreach (var row in session.QueryAsync(Columns, cancel))
        {
            ordinal = NameOf(row, 0) == table ? ordinal + 1 : 1;
            table = NameOf(row, 0);
            yield return (table, WarehouseTypes.Field(row[First + 1]!, ordinal, row[First + 2]!, row[First + 3]?.ToUpperInvariant() is not ("NO" or "FALSE"), row[First + 4]));
        }
    }

    /// <summary>The table's name, with its schema in front where there are many.</summary>
    private string NameOf(string?[] row, int column) => Together ? SchemaGroups.Name(row[0]!, row[1 + column]!) : row[column]!;
}
