using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Assay.Server.Search;

/// <summary>Something that has the name. Members that its kind does not have are left out.</summary>
/// <param name="ObjectType"><c>datastore</c>, <c>container</c> or <c>field</c>.</param>
internal sealed record SearchHit(long Id, string Name, string ObjectType)
{
    [Description("Datastores: jdbc, dfs or native.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StoreType { get; init; }

    [Description("Datastores: the connector. Fields: the type of their values.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    [Description("Datastores: whether it is an enrichment store.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? EnrichmentOnly { get; init; }

    [Description("Containers: their kind.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContainerType { get; init; }

    [Description("Containers and fields: where they are.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DatastoreId { get; init; }

    [Description("Fields: the container that they are a column of.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ContainerId { get; init; }
}
