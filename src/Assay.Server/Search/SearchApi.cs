using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Search;

/// <summary>Finds things by name wherever they are.</summary>
internal static class SearchApi
{
    public static void MapSearch(this IEndpointRouteBuilder api) =>
        api.MapGet("/search", Find).Needs(Permissions.Member).WithTags("Search").WithSummary("Find datastores, containers and fields by name")
            .WithDescription("What the caller may see: datastores first, then containers, then fields, each by name. At most `limit` of each kind; the paged lists have all.");

    private static async Task<Ok<List<SearchHit>>> Find(Query<SearchQuery> query, Caller caller, NameSearch search, CancellationToken cancel) =>
        TypedResults.Ok(await search.FindAsync(query.Value.Name, query.Value.Limit, caller, cancel));
}

/// <summary>What is searched for.</summary>
internal sealed record SearchQuery
{
    [Description("A part of the name, in whatever case.")]
    [Required, StringLength(255, MinimumLength = 1)]
    public string Name { get; set; } = "";

    [Description("The most hits of each kind, 1 to 1000.")]
    [Range(1, 1000)]
    public int Limit { get; set; } = 50;
}
