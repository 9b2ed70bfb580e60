using System.Runtime.CompilerServices;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Databricks;

/// <summary>A conversation with a SQL warehouse, which sees Unity Catalog by its information schemas.</summary>
internal class DatabricksSession(DatabricksAccess access, DatabricksLine line) : IWarehouseSession
{
    private readonly DatabricksDialect sql = new();

    public SourceProduct Product { get; } = new("Databricks", "", "Assay", typeof(DatabricksSession).Assembly.GetName().Version!.ToString(3));

    protected DatabricksLine Line => line;

    public static async Task<DatabricksSession> OpenAsync(DatabricksAccess access, WarehouseHttp http, CancellationToken cancel)
    {
        var line = new DatabricksLine(access, http);
        // Tells whether token and warehouse are good, without starting the warehouse.
        await line.SendAsync(HttpMethod.Get, $"/api/2.0/sql/warehouses/{access.Warehouse}", null, cancel);
        return new DatabricksSession(access, line);
    }

    public async IAsyncEnumerable<string?[]> QueryAsync(WarehousePlace place, string sql, [EnumeratorCancellation] CancellationToken cancel)
    {
        var warehouse = await WarehouseAsync(cancel);
        await foreach (var row in Statements.RunAsync(warehouse, Within(place), sql, cancel)) yield return row;
    }

    public async Task<IReadOnlyList<FieldStructure>> DescribeAsync(WarehousePlace place, string select, CancellationToken cancel) =>
        await Statements.DescribeAsync(await WarehouseAsync(cancel), Within(place), select, cancel);

    private DatabricksStatements Statements => new(access, line);

    /// <summary>The catalog may be the connection's.</summary>
    private WarehousePlace Within(WarehousePlace place) => place with { Catalog = place.Catalog ?? access.Catalog };

    /// <summary>The SQL warehouse that runs the statements.</summary>
    protected virtual Task<string> WarehouseAsync(CancellationToken cancel) => Task.FromResult(access.Warehouse!);

    public virtual Task<IReadOnlyList<CatalogEntry>> CatalogsAsync(CancellationToken cancel) =>
        InformationSchema.NamesAsync(this, "SELECT catalog_name FROM system.information_schema.catalogs", name => name is "system" or "samples", cancel);

    public virtual Task<IReadOnlyList<CatalogEntry>> SchemasAsync(string? catalog, CancellationToken cancel) => string.IsNullOrEmpty(catalog)
        ? throw new WarehouseRefusal(SourceFaultCode.InvalidSettings, "Name the catalog whose schemas are meant.")
        : InformationSchema.NamesAsync(this, $"SELECT schema_name FROM {sql.Quote(catalog)}.information_schema.schemata", name => name == "information_schema", cancel);

    public virtual IAsyncEnumerable<ContainerStructure> ContainersAsync(WarehousePlace place, ListOptions list, CancellationToken cancel) =>
        Schema(place.Catalog!, $"= {sql.Text(place.Schema!)}", together: false).ListAsync(this, list, cancel);

    public IAsyncEnumerable<ContainerStructure> ContainersAsync(string catalog, IReadOnlyList<string> schemas, ListOptions list, CancellationToken cancel) =>
        Schema(catalog, $"IN ({string.Join(", ", schemas.Select(sql.Text))})", together: true).ListAsync(this, list, cancel);

    private InformationSchema Schema(string catalog, string which, bool together)
    {
        var (from, lead) = ($"{sql.Quote(catalog)}.information_schema", together ? "table_schema, " : "");
        return new InformationSchema(
            $"SELECT {lead}table_name, table_type, comment, NULL FROM {from}.tables WHERE table_schema {which}",
            $"SELECT {lead}table_name, column_name, full_data_type, is_nullable, comment FROM {from}.columns WHERE table_schema {which} ORDER BY {lead}table_name, ordinal_position",
            $"""
            SELECT {(together ? "t.table_schema, " : "")}t.constraint_type, k.table_name, k.constraint_name, k.ordinal_position, k.column_name, u.table_schema, u.table_name, u.column_name
            FROM {from}.table_constraints t
            JOIN {from}.key_column_usage k ON k.constraint_schema = t.constraint_schema AND k.constraint_name = t.constraint_name AND k.table_name = t.table_name
            LEFT JOIN {from}.referential_constraints r ON r.constraint_schema = t.constraint_schema AND r.constraint_name = t.constraint_name
            LEFT JOIN {from}.key_column_usage u ON u.constraint_schema = r.unique_constraint_schema AND u.constraint_name = r.unique_constraint_name AND u.ordinal_position = k.position_in_unique_constraint
            WHERE t.table_schema {which} AND t.constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
            """, together);
    }

    public ValueTask DisposeAsync()
    {
        line.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
