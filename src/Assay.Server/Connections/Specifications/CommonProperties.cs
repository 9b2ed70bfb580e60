using Assay.Sources.Contract;

namespace Assay.Server.Connections.Specifications;

/// <summary>Inputs that every connector of a store type has, whatever else it asks for.</summary>
internal static class CommonProperties
{
    private const string Advanced = "Advanced";

    private static readonly PropertySpec[] Tables =
    [
        new() { Field = "jdbc_fetch_size", Title = "Fetch size", Type = "number", Group = Advanced, Info = "Rows fetched per round trip; the connector chooses where it is empty." },
        new() { Field = "max_parallelization", Title = "Parallel reads", Type = "number", Group = Advanced, Info = "Most reads side by side on this connection, 0 to 100; the connector chooses where it is empty or 0." },
    ];

    private static readonly PropertySpec[] Files =
    [
        new() { Field = "folder_globbing_enabled", Title = "Group across folders", Type = "boolean", Default = false, ConnectionProperty = false, Info = "Like-named files of different folders become one container." },
    ];

    public static IEnumerable<PropertySpec> Of(ConnectorSpec spec) =>
        (spec.StoreType == StoreType.Dfs ? Files : Tables).Where(common => spec.Properties.All(p => p.Field != common.Field));
}
