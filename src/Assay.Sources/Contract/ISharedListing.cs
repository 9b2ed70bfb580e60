namespace Assay.Sources.Contract;

/// <summary>A connector that can list many schemas of a catalog for about what one of them costs.</summary>
public interface ISharedListing : IConnector
{
    /// <summary>False where this source's catalogue cannot be asked about many schemas at once.</summary>
    bool SharesListings => true;

    /// <summary>
    /// Streams the containers of these schemas, one schema after the other in any order, each closed by an end: without a fault the schema
    /// is complete, with one it could not be listed and the others go on. Throws where the listing as a whole breaks; schemas that have
    /// not been closed by then are unknown.
    /// </summary>
    /// <param name="catalog">The catalog that the schemas are in; null where a schema is a catalog of its own.</param>
    IAsyncEnumerable<SharedListingItem> ListManyAsync(
        ConnectionSettings connection, string? catalog, IReadOnlyList<string> schemas, ListOptions options, CancellationToken cancel);
}

/// <summary>A container of a schema, or (without one) the schema's end.</summary>
/// <param name="Fault">With an end: why the schema could not be listed.</param>
public sealed record SharedListingItem(string Schema, ContainerStructure? Container, SourceFault? Fault = null);
