using System.Globalization;
using System.Runtime.CompilerServices;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql.Queries;

namespace Assay.Sources.Warehouses;

/// <summary>A vendor as a connector: what is the same for all of them.</summary>
internal class WarehouseConnector(IWarehouse warehouse, WarehouseDoor door) : ISharedListing, IReadable
{
    public ConnectorSpec Spec => warehouse.Spec;

    protected WarehouseDoor Door => door;

    public IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        warehouse.Read(settings, out var problems);
        return problems;
    }

    public Task<TestReport> TestAsync(SourceTarget target, TestIntent intent, CancellationToken cancel) =>
        new WarehouseTest(warehouse, door).RunAsync(target, intent, cancel);

    public async IAsyncEnumerable<ContainerStructure> ListContainersAsync(SourceTarget target, ListOptions list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var access = door.Checked(warehouse, target.Connection);
        var place = PlaceOf(target.Scope);
        await using var opened = await door.OpenAsync(warehouse, access, place, cancel);
        var schemas = await door.Log.GuardAsync(() => opened.Session.SchemasAsync(place.Catalog, cancel), WarehouseSteps.Catalog, access, place, cancel);
        // No vendor tells "no such schema" from "nothing in it" by its list of tables.
        if (schemas.All(schema => schema.Name != place.Schema))
            throw new SourceException(WarehouseFaults.NoSchema(access, place));
        await using var containers = opened.Session.ContainersAsync(place, list, cancel).GetAsyncEnumerator(cancel);
        while (await door.Log.GuardAsync(async () => await containers.MoveNextAsync(), WarehouseSteps.List, access, place, cancel))
            yield return containers.Current;
    }

    public bool SharesListings => warehouse.ListsTogether;

    public async IAsyncEnumerable<SharedListingItem> ListManyAsync(
        ConnectionSettings connection, string? catalog, IReadOnlyList<string> schemas, ListOptions list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (access, place) = (door.Checked(warehouse, connection), new WarehousePlace(catalog));
        await using var opened = await door.OpenAsync(warehouse, access, place, cancel);
        var there = await door.Log.GuardAsync(() => opened.Session.SchemasAsync(catalog, cancel), WarehouseSteps.Catalog, access, place, cancel);
        var found = there.Select(schema => schema.Name).Intersect(schemas, StringComparer.Ordinal).ToDictionary(name => name, StringComparer.Ordinal);
        if (found.Count > 0)
        {
            await using var items = SchemaGroups.ItemsAsync(opened.Session.ContainersAsync(catalog!, [.. found.Keys], list, cancel), found).GetAsyncEnumerator(cancel);
            while (await door.Log.GuardAsync(async () => await items.MoveNextAsync(), WarehouseSteps.List, access, place, cancel))
                yield return items.Current;
        }
        foreach (var missing in schemas.Distinct(StringComparer.Ordinal).Where(name => !found.ContainsKey(name)))
            yield return new SharedListingItem(missing, null, WarehouseFaults.NoSchema(access, place with { Schema = missing }));
    }

    public bool CanQuery => true;

    public bool CanSample => true;

    public async Task<IReadOnlyList<FieldStructure>> DescribeQueryAsync(SourceTarget target, string query, CancellationToken cancel)
    {
        var access = door.Checked(warehouse, target.Connection);
        var place = PlaceOf(target.Scope);
        var select = $"SELECT * FROM {warehouse.DialectOf(access).Relation(query)}";
        await using var opened = await door.OpenAsync(warehouse, access, place, cancel);
        return QueryColumns.Checked(await door.Log.GuardAsync(() => opened.Session.DescribeAsync(place, select, cancel), WarehouseSteps.Query, access, place, cancel));
    }

    public async Task<long?> CountAsync(SourceTarget target, ContainerRead read, CancellationToken cancel)
    {
        var access = door.Checked(warehouse, target.Connection);
        var place = PlaceOf(target.Scope);
        var counted = await door.RowsAsync(warehouse, access, place, WarehouseReads.Count(warehouse.DialectOf(access), place, read), read.Query is not null, cancel).ToListAsync(cancel);
        return long.TryParse(counted is [[var count]] ? count : null, CultureInfo.InvariantCulture, out var rows) ? rows : null;
    }

    public Task<EngineSource> DescribeReadAsync(SourceTarget target, ContainerRead read, CancellationToken cancel)
    {
        var access = door.Checked(warehouse, target.Connection);
        var place = PlaceOf(target.Scope);
        return Task.FromResult(WarehouseReads.Describe(warehouse.DialectOf(access), place, read, (sql, stop) => door.RowsAsync(warehouse, access, place, sql, read.Query is not null, stop)));
    }

    protected WarehousePlace PlaceOf(SourceScope scope)
    {
        if (scope.Schema is not { Length: > 0 }) throw WarehouseDoor.Invalid("schema: Field required");
        if (Spec.CatalogRequired() && scope.Database is not { Length: > 0 }) throw WarehouseDoor.Invalid("database: Field required");
        return new WarehousePlace(Spec.HasCatalog() && scope.Database is { Length: > 0 } catalog ? catalog : null, scope.Schema);
    }
}
