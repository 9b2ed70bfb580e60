namespace Assay.Sources.Tests.Sql;

/// <summary>What a shared listing gave.</summary>
internal static class SharedListings
{
    /// <summary>The containers and the fault of each schema; each has to be closed once, and none to go on behind its end.</summary>
    public static async Task<Dictionary<string, (List<ContainerStructure> Containers, SourceFault? Fault)>> ListTogetherAsync(
        this IConnector connector, ConnectionSettings connection, string? catalog, params string[] schemas)
    {
        var sharing = connector.ShouldBeAssignableTo<ISharedListing>()!;
        sharing.SharesListings.ShouldBeTrue();
        var open = new Dictionary<string, List<ContainerStructure>>();
        var closed = new Dictionary<string, (List<ContainerStructure>, SourceFault?)>();
        await foreach (var item in sharing.ListManyAsync(connection, catalog, schemas, new ListOptions(), TestContext.Current.CancellationToken))
        {
            closed.ShouldNotContainKey(item.Schema);
            var containers = open.TryGetValue(item.Schema, out var begun) ? begun : open[item.Schema] = [];
            if (item.Container is { } container) containers.Add(container);
            else closed.Add(item.Schema, (containers, item.Fault));
        }
        closed.Keys.Order(StringComparer.Ordinal).ShouldBe(schemas.Order(StringComparer.Ordinal));
        return closed;
    }
}
