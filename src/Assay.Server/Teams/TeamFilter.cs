using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Teams;

/// <summary>The parameters of <c>GET /api/teams</c>.</summary>
internal sealed record TeamFilter : Paging
{
    [Description("Exact name, in any case.")]
    public string? Name { get; set; }

    [Description("Part of the name, in any case.")]
    public string? Search { get; set; }

    [Description("Sort by name.")]
    [OneOf("asc", "desc")]
    public string? SortName { get; set; }

    [Description("Sort by time of creation.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }
}
