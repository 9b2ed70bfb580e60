using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Containers;

/// <summary>Filters and order of the list of containers. Filters narrow together; the values of one filter widen.</summary>
internal sealed record ContainerQuery : Paging
{
    [Description("Only containers of these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only these kinds; view narrows tables to views.")]
    [OneOf("table", "view", "file", "computed_table", "computed_file", "computed_join")]
    public IReadOnlyList<string>? ContainerType { get; set; }

    [Description("Only containers of exactly this name.")]
    public string? Name { get; set; }

    [Description("Only containers whose name or id contains this, in whatever case.")]
    public string? Search { get; set; }

    [Description("Only containers with one of these tags, inherited ones included.")]
    public IReadOnlyList<string>? Tag { get; set; }

    [Description("Deleted containers: only shows nothing else, include shows them too. Left out, they are hidden.")]
    [OneOf("only", "include")]
    public string? Archived { get; set; }

    [Description("Sort by time of creation.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }

    [Description("Sort by name.")]
    [OneOf("asc", "desc")]
    public string? SortName { get; set; }
}

/// <summary>What the unpaged listing is narrowed to.</summary>
internal sealed record ContainerListingQuery
{
    [Description("Only containers of these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }
}
