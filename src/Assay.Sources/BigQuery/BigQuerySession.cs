using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.BigQuery;

/// <summary>What one service account may see and ask.</summary>
internal sealed class BigQuerySession : IWarehouseSession
{
    private readonly BigQueryAccess access;
    private readonly BigQueryLine line;
    private readonly BigQueryJobs jobs;
    private readonly BigQueryDialect sql = new();

    private BigQuerySession(BigQueryAccess access, BigQueryLine line) => (this.access, this.line, jobs) = (access, line, new BigQueryJobs(access, line));

    public SourceProduct Product { get; } = new("BigQuery", "v2", "Assay", typeof(BigQuerySession).Assembly.GetName().Version!.ToString(3));

    public static async Task<BigQuerySession> OpenAsync(BigQueryAccess access, WarehouseHttp http, CancellationToken cancel)
    {
        var line = new BigQueryLine(access, http);
        try
        {
            await line.TokenAsync(cancel);
            return new BigQuerySession(access, line);
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        line.Dispose();
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<string?[]> QueryAsync(WarehousePlace place, string sql, CancellationToken cancel) => jobs.RunAsync(place, sql, cancel);

    public Task<IReadOnlyList<FieldStructure>> DescribeAsync(WarehousePlace place, string select, CancellationToken cancel) => jobs.DescribeAsync(place, select, cancel);

    public Task<IReadOnlyList<CatalogEntry>> CatalogsAsync(CancellationToken cancel) =>
        ListAsync("projects?", "projects", project => new CatalogEntry(project.TextAt("id")!, false), cancel);

    public Task<IReadOnlyList<CatalogEntry>> SchemasAsync(string? catalog, CancellationToken cancel) =>
        ListAsync($"projects/{Escape(string.IsNullOrEmpty(catalog) ? access.Project : catalog)}/datasets?", "datasets", dataset => new CatalogEntry(dataset.TextAt("datasetReference", "datasetId")!, false), cancel);

    public IAsyncEnumerable<ContainerStructure> ContainersAsync(WarehousePlace place, ListOptions list, CancellationToken cancel)
    {
        var dataset = $"{sql.Quote(place.Catalog!)}.{sql.Quote(place.Schema!)}";
        var from = $"{dataset}.INFORMATION_SCHEMA";
        return new InformationSchema(
            $"SELECT t.table_name, t.table_type, NULL, r.row_count FROM {from}.TABLES t LEFT JOIN {dataset}.__TABLES__ r ON r.table_id = t.table_name AND r.type = 1",
            $"""
            SELECT c.table_name, c.column_name, c.data_type, c.is_nullable, p.description FROM {from}.COLUMNS c
            LEFT JOIN {from}.COLUMN_FIELD_PATHS p ON p.table_name = c.table_name AND p.column_name = c.column_name AND p.field_path = c.column_name
            WHERE c.is_hidden = 'NO' ORDER BY c.table_name, c.ordinal_position
            """,
            $"""
            SELECT t.constraint_type, k.table_name, k.constraint_name, k.ordinal_position, k.column_name, u.table_schema, u.table_name, p.column_name
            FROM {from}.TABLE_CONSTRAINTS t
            JOIN {from}.KEY_COLUMN_USAGE k ON k.constraint_name = t.constraint_name AND k.table_name = t.table_name
            LEFT JOIN (SELECT DISTINCT constraint_name, table_schema, table_name FROM {from}.CONSTRAINT_COLUMN_USAGE x) u ON u.constraint_name = t.constraint_name AND t.constraint_type = 'FOREIGN KEY'
            LEFT JOIN {from}.TABLE_CONSTRAINTS q ON q.table_name = u.table_name AND q.constraint_type = 'PRIMARY KEY'
            LEFT JOIN {from}.KEY_COLUMN_USAGE p ON p.constraint_name = q.constraint_name AND p.table_name = q.table_name AND p.ordinal_position = k.position_in_unique_constraint
            """).ListAsync(this, list, cancel);
    }

    private async Task<IReadOnlyList<CatalogEntry>> ListAsync(string path, string items, Func<JsonElement, CatalogEntry> entry, CancellationToken cancel)
    {
        var entries = new List<CatalogEntry>();
        for (string? page = ""; page is not null;)
        {
            var answer = await line.SendAsync(HttpMethod.Get, $"{path}maxResults=1000{(page.Length > 0 ? $"&pageToken={Escape(page)}" : "")}", null, cancel);
            entries.AddRange(answer.ItemsAt(items).Select(entry));
            page = answer.TextAt("nextPageToken");
        }
        return [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
