using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Connections.Reads;

/// <summary>The parameters of <c>GET /api/connections</c>.</summary>
internal sealed record ConnectionFilter : Paging
{
    [Description("Ids; repeat the key for several.")]
    public IReadOnlyList<long>? Id { get; set; }

    [Description("Exact name.")]
    public string? Name { get; set; }

    [Description("Connector types, such as postgresql; repeat the key for several.")]
    public IReadOnlyList<string>? Type { get; set; }

    [Description("Part of the name, in any case, or the id.")]
    public string? Search { get; set; }

    [Description("Sort by id.")]
    [OneOf("asc", "desc")]
    public string? SortId { get; set; }

    [Description("Sort by time of creation.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }

    [Description("Sort by name, without regard to case.")]
    [OneOf("asc", "desc")]
    public string? SortName { get; set; }
}

/// <summary>The parameters of <c>GET /api/connections/listing</c>.</summary>
internal sealed record ConnectionListingFilter
{
    [Description("Only connections that can (true) or cannot (false) hold an enrichment store; all unless given.")]
    public bool? SupportsEnrichment { get; set; }
}
