using Assay.Sources.Contract;

namespace Assay.Sources.Warehouses;

/// <summary>A conversation with a vendor, signed in. Its members throw <see cref="WarehouseRefusal"/> for what the vendor refuses.</summary>
internal interface IWarehouseSession : IAsyncDisposable
{
    /// <summary>What answers, as far as the sign-in told.</summary>
    SourceProduct Product { get; }

    /// <summary>
    /// Runs a statement and streams its rows. Cells are plain text: numbers as digits, booleans as true and false, dates as
    /// <c>2026-01-31</c>, moments as <c>2026-01-31 10:00:00.5</c> in UTC, everything else as the vendor prints it. Whoever stops
    /// listening early, or cancels, stops the statement at the vendor too.
    /// </summary>
    /// <param name="place">Names without a schema mean its own; of a level that is null, what the vendor takes for it.</param>
    IAsyncEnumerable<string?[]> QueryAsync(WarehousePlace place, string sql, CancellationToken cancel);

    /// <summary>The same for statements that spell out their names.</summary>
    IAsyncEnumerable<string?[]> QueryAsync(string sql, CancellationToken cancel) => QueryAsync(new WarehousePlace(), sql, cancel);

    /// <summary>The columns that a SELECT without a limit would have; none of its rows is read.</summary>
    /// <inheritdoc cref="QueryAsync(WarehousePlace, string, CancellationToken)" path="/param"/>
    Task<IReadOnlyList<FieldStructure>> DescribeAsync(WarehousePlace place, string select, CancellationToken cancel);

    Task<IReadOnlyList<CatalogEntry>> CatalogsAsync(CancellationToken cancel);

    Task<IReadOnlyList<CatalogEntry>> SchemasAsync(string? catalog, CancellationToken cancel);

    /// <summary>Lists the tables of a schema with their columns and keys, in a number of requests that does not grow with their number, but for paging.</summary>
    IAsyncEnumerable<ContainerStructure> ContainersAsync(WarehousePlace place, ListOptions list, CancellationToken cancel);

    /// <summary>Lists many schemas of a catalog in as many statements as one takes, schema by schema; their names stand in front of the containers' (<see cref="SchemaGroups"/>).</summary>
    IAsyncEnumerable<ContainerStructure> ContainersAsync(string catalog, IReadOnlyList<string> schemas, ListOptions list, CancellationToken cancel) =>
        throw new NotSupportedException("The vendor's catalogue cannot be asked about many schemas at once.");
}
