using System.Runtime.CompilerServices;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Athena;

/// <summary>What one identity may see and ask.</summary>
internal sealed class AthenaSession(AthenaAccess access, WarehouseHttp http) : IWarehouseSession
{
    private const int TablesPerPage = 50;

    private readonly AthenaLine line = new(access, http);

    public SourceProduct Product { get; } = new("Amazon Athena", "2017-05-18", "Assay", typeof(AthenaSession).Assembly.GetName().Version!.ToString(3));

    private AthenaStatements Statements => new(access, line);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public IAsyncEnumerable<string?[]> QueryAsync(WarehousePlace place, string sql, CancellationToken cancel) => Statements.RunAsync(place, sql, cancel);

    public Task<IReadOnlyList<FieldStructure>> DescribeAsync(WarehousePlace place, string select, CancellationToken cancel) => Statements.DescribeAsync(place, select, cancel);

    public async Task<IReadOnlyList<CatalogEntry>> CatalogsAsync(CancellationToken cancel) => Sorted(
        await line.PagesAsync("ListDataCatalogs", new() { ["MaxResults"] = 50, ["WorkGroup"] = access.Workgroup }, "DataCatalogsSummary", cancel)
            .Select(c => new CatalogEntry(c.TextAt("CatalogName")!, false)).ToListAsync(cancel));

    public async Task<IReadOnlyList<CatalogEntry>> SchemasAsync(string? catalog, CancellationToken cancel) => Sorted(
        await line.PagesAsync("ListDatabases", new() { ["CatalogName"] = string.IsNullOrEmpty(catalog) ? "AwsDataCatalog" : catalog, ["MaxResults"] = 50, ["WorkGroup"] = access.Workgroup }, "DatabaseList", cancel)
            .Select(d => new CatalogEntry(d.TextAt("Name")!, d.TextAt("Name") == "information_schema")).ToListAsync(cancel));

    /// <summary>Pages of 50 tables with their columns, from the catalog itself: it costs no statement.</summary>
    public async IAsyncEnumerable<ContainerStructure> ContainersAsync(WarehousePlace place, ListOptions list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = new Dictionary<string, object> { ["CatalogName"] = place.Catalog!, ["DatabaseName"] = place.Schema!, ["MaxResults"] = TablesPerPage, ["WorkGroup"] = access.Workgroup };
        await foreach (var table in line.PagesAsync("ListTableMetadata", request, "TableMetadataList", cancel))
        {
            // All tables of the data catalog are external to Athena; what counts is whether one is a view.
            var kind = table.TextAt("TableType") is "VIRTUAL_VIEW" or "VIEW" ? ContainerKind.View : ContainerKind.Table;
            if (!list.Wants(kind, table.TextAt("Name")!)) continue;
            yield return new ContainerStructure
            {
                Name = table.TextAt("Name")!,
                Kind = kind,
                Remarks = table.TextAt("Parameters", "comment") is { Length: > 0 } comment ? comment : null,
                Fields = [.. table.ItemsAt("Columns").Concat(table.ItemsAt("PartitionKeys")).Select((c, i) =>
                    WarehouseTypes.Field(c.TextAt("Name")!, i + 1, c.TextAt("Type") ?? "", null, c.TextAt("Comment")))],
            };
        }
    }

    private static CatalogEntry[] Sorted(List<CatalogEntry> entries) => [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)];
}
