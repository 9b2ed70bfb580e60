using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Databricks;

/// <summary>A conversation with Unity Catalog, and with a SQL warehouse once rows are to be read.</summary>
internal sealed class UnitySession(DatabricksAccess access, DatabricksLine line) : DatabricksSession(access, line)
{
    private const string Root = "/api/2.1/unity-catalog";
    private readonly DatabricksAccess access = access;

    public static new async Task<UnitySession> OpenAsync(DatabricksAccess access, WarehouseHttp http, CancellationToken cancel)
    {
        var session = new UnitySession(access, new DatabricksLine(access, http));
        await session.Line.SendAsync(HttpMethod.Get, $"{Root}/catalogs/{Uri.EscapeDataString(access.Catalog!)}", null, cancel);
        return session;
    }

    public override async Task<IReadOnlyList<CatalogEntry>> CatalogsAsync(CancellationToken cancel)
    {
        var entries = new List<CatalogEntry>();
        await foreach (var catalog in PagesAsync("catalogs?", "catalogs", cancel)) entries.Add(new CatalogEntry(catalog.TextAt("name")!, catalog.TextAt("name") is "system" or "samples"));
        return [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    public override async Task<IReadOnlyList<CatalogEntry>> SchemasAsync(string? catalog, CancellationToken cancel)
    {
        var entries = new List<CatalogEntry>();
        await foreach (var schema in PagesAsync($"schemas?catalog_name={Uri.EscapeDataString(catalog ?? access.Catalog!)}&", "schemas", cancel))
            entries.Add(new CatalogEntry(schema.TextAt("name")!, schema.TextAt("name") == "information_schema"));
        return [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    /// <summary>Pages of tables, each with its columns and keys: as many requests as there are pages.</summary>
    public override async IAsyncEnumerable<ContainerStructure> ContainersAsync(WarehousePlace place, ListOptions list, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var table in PagesAsync($"tables?catalog_name={Uri.EscapeDataString(access.Catalog!)}&schema_name={Uri.EscapeDataString(place.Schema!)}&", "tables", cancel))
        {
            var kind = InformationSchema.KindOf(table.TextAt("table_type"));
            if (!list.Wants(kind, table.TextAt("name")!)) continue;
            yield return new ContainerStructure
            {
                Name = table.TextAt("name")!,
                Kind = kind,
                Remarks = table.TextAt("comment") is { Length: > 0 } comment ? comment : null,
                Fields = [.. table.ItemsAt("columns").OrderBy(c => c.NumberAt("position")).Select((c, i) =>
                    WarehouseTypes.Field(c.TextAt("name")!, i + 1, c.TextAt("type_text")!, c.TextAt("nullable") != "false", c.TextAt("comment")))],
                Keys = [.. table.ItemsAt("table_constraints").Select(Key).OfType<KeyStructure>()],
            };
        }
    }

    private static KeyStructure? Key(JsonElement constraint)
    {
        if (constraint.At("primary_key_constraint") is { ValueKind: JsonValueKind.Object } primary)
            return new KeyStructure(KeyKind.Primary, primary.TextAt("name") ?? "", [.. primary.ItemsAt("child_columns").Select(c => c.GetString()!)]);
        if (constraint.At("foreign_key_constraint") is not { ValueKind: JsonValueKind.Object } foreign) return null;
        var parent = (foreign.TextAt("parent_table") ?? "").Split('.');
        return new KeyStructure(KeyKind.Foreign, foreign.TextAt("name") ?? "", [.. foreign.ItemsAt("child_columns").Select(c => c.GetString()!)])
        {
            ReferencedSchema = parent.Length == 3 ? parent[1] : null,
            ReferencedContainer = parent[^1],
            ReferencedFields = [.. foreign.ItemsAt("parent_columns").Select(c => c.GetString()!)],
        };
    }

    private async IAsyncEnumerable<JsonElement> PagesAsync(string what, string items, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Zero: as many as the server likes to give at once.
        for (var page = ""; page is not null;)
        {
            var answer = await Line.SendAsync(HttpMethod.Get, $"{Root}/{what}max_results=0{(page.Length > 0 ? $"&page_token={Uri.EscapeDataString(page)}" : "")}", null, cancel);
            foreach (var item in answer.ItemsAt(items)) yield return item;
            page = answer.TextAt("next_page_token") is { Length: > 0 } next ? next : null;
        }
    }

    protected override async Task<string> WarehouseAsync(CancellationToken cancel)
    {
        if (access.Warehouse is { } named) return named;
        var answer = await Line.SendAsync(HttpMethod.Get, "/api/2.0/sql/warehouses", null, cancel);
        var warehouses = answer.ItemsAt("warehouses").OrderBy(w => w.TextAt("state") == "RUNNING" ? 0 : 1).ThenBy(w => w.TextAt("name"), StringComparer.Ordinal).ToList();
        return warehouses.Count > 0 ? warehouses[0].TextAt("id")! : throw new WarehouseRefusal(SourceFaultCode.InvalidSettings,
            "Rows of Unity Catalog's tables are read through a SQL warehouse, and there is none that may be used. Have one made, or name it in the parameter path.");
    }
}
