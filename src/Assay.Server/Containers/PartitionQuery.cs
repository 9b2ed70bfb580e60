using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Containers;

/// <summary>Filters and order of the list of partitions.</summary>
internal sealed record PartitionQuery : Paging
{
    [Description("Only partitions of exactly this name.")]
    public string? Name { get; set; }

    [Description("Only partitions of these containers.")]
    public IReadOnlyList<long>? Container { get; set; }

    [Description("Sort by time of creation.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }

    [Description("Sort by name.")]
    [OneOf("asc", "desc")]
    public string? SortName { get; set; }
}

/// <summary>What users may say of a partition.</summary>
internal sealed record PartitionRequest : JsonRequest
{
    [Description("The partition's own tags, replacing the ones it has; left out, they stay.")]
    public IReadOnlyList<NameOrId>? Tags { get; set; }
}
