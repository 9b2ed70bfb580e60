using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Datastores.Reads;

/// <summary>Filters and order of the list of datastores. Filters narrow together; the values of one filter widen.</summary>
internal sealed record DatastoreQuery : Paging
{
    [Description("Only these ids.")]
    public IReadOnlyList<long>? Id { get; set; }

    [Description("Only datastores of exactly this name.")]
    public string? Name { get; set; }

    [Description("Only datastores whose name or id contains this, in whatever case.")]
    public string? Search { get; set; }

    [Description("Only these connector types, such as postgresql; jdbc, dfs and native stand for all of their kind.")]
    public IReadOnlyList<string>? DatastoreType { get; set; }

    [Description("Only datastores with one of these tags.")]
    public IReadOnlyList<string>? Tag { get; set; }

    [Description("Only datastores in one of these groups.")]
    public IReadOnlyList<long>? Group { get; set; }

    [Description("True for enrichment stores, false for sources.")]
    [Alias("enrich_only")]
    public bool EnrichmentOnly { get; set; }

    [Description("Sort by name, without regard to case. Several sorts combine in this order of weight: favorite, active anomalies, containers, name, created; the id breaks ties.")]
    [OneOf("asc", "desc")]
    public string? SortName { get; set; }

    [Description("Sort by time of creation.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }

    [Description("The caller's favourites first (desc) or last (asc).")]
    [OneOf("asc", "desc")]
    public string SortFavorite { get; set; } = "desc";

    [Description("Sort by the number of containers.")]
    [OneOf("asc", "desc")]
    public string? SortContainers { get; set; }

    [Description("Sort by the number of active anomalies.")]
    [OneOf("asc", "desc")]
    public string? SortActiveAnomalies { get; set; }

    internal bool FavoritesFirst => SortFavorite == "desc";

    /// <summary>The sort keys in order of weight, as columns of <c>datastores</c>; the id comes last and makes the order total.</summary>
    internal IReadOnlyList<(string Column, bool Descending)> Keys
    {
        get
        {
            var keys = new List<(string, bool)>();
            foreach (var (direction, column) in new[] { (SortActiveAnomalies, "active_anomalies"), (SortContainers, "containers"), (SortName, "name_key"), (SortCreated, "created") })
                if (direction is not null) keys.Add((column, direction == "desc"));
            keys.Add(("id", keys.Count > 0 && keys[^1].Item2));
            return keys;
        }
    }

    internal bool HasFilters => Id is not null || Name is not null || Search is not null || DatastoreType is not null || Tag is not null || Group is not null;
}
