using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Profiles;

/// <summary>Filters and order of the list of container profiles.</summary>
internal sealed record ContainerProfileQuery : Paging
{
    [Description("Only profiles of containers in these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only profiles of these containers.")]
    public IReadOnlyList<long>? Container { get; set; }

    [Description("Only the latest successful profile of each container.")]
    public bool? LatestOnly { get; set; }

    [Description("Sort by time of creation. Default: desc.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }
}

/// <summary>Filters and order of the list of field profiles.</summary>
internal sealed record FieldProfileQuery : Paging
{
    [Description("Only profiles of fields of exactly this name.")]
    public string? Name { get; set; }

    [Description("Only profiles of fields of these types.")]
    [OneOf("Unknown", "Integral", "Fractional", "Boolean", "String", "Date", "Timestamp", "Array", "Struct")]
    public IReadOnlyList<string>? Type { get; set; }

    [Description("Only profiles of fields in these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only profiles of fields of these containers.")]
    public IReadOnlyList<long>? Container { get; set; }

    [Description("Only profiles of fields of containers with one of these tags, inherited ones included.")]
    public IReadOnlyList<string>? Tag { get; set; }

    [Description("Only the latest profile of each field.")]
    public bool? LatestOnly { get; set; }

    [Description("Sort by the name of the field.")]
    [OneOf("asc", "desc")]
    public string? SortName { get; set; }

    [Description("Sort by time of creation.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }

    [Description("Sort by the type of the field.")]
    [OneOf("asc", "desc")]
    public string? SortType { get; set; }

    [Description("Sort by the share of values that are present.")]
    [OneOf("asc", "desc")]
    public string? SortCompleteness { get; set; }

    [Description("Sort by the number of active checks about the field.")]
    [OneOf("asc", "desc")]
    public string? SortActiveChecks { get; set; }

    [Description("Sort by the number of open anomalies of checks about the field.")]
    [OneOf("asc", "desc")]
    public string? SortActiveAnomalies { get; set; }

    [Description("Sort by the field's quality score; those without one come last.")]
    [OneOf("asc", "desc")]
    public string? SortQualityScore { get; set; }
}

/// <summary>Order of the field profiles of one container.</summary>
internal sealed record ContainerFieldProfileQuery : Paging
{
    [Description("Only the profile of the field of exactly this name.")]
    public string? Name { get; set; }

    [Description("Sort by the name of the field.")]
    [OneOf("asc", "desc")]
    public string? SortName { get; set; }

    [Description("Sort by time of creation.")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }
}

/// <summary>What the unpaged listing is narrowed to.</summary>
internal sealed record FieldProfileListingQuery
{
    [Description("Only these profiles.")]
    public IReadOnlyList<long>? Id { get; set; }

    [Description("Only profiles of fields in these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only profiles of fields of these containers.")]
    public IReadOnlyList<long>? Containers { get; set; }

    [Description("Only the latest profile of each field.")]
    public bool? LatestOnly { get; set; }
}

/// <summary>How many profiles of a field.</summary>
internal sealed record FieldHistoryQuery
{
    [Description("Profiles to show, latest first, 1 to 100.")]
    [Range(1, 100)]
    public int Limit { get; set; } = 10;
}

/// <summary>Whether masked values are shown.</summary>
internal sealed record FieldProfileRevealQuery
{
    [Description("Show the figures of a masked field's values. Needs the Editor team permission, and is written down.")]
    [NotNull]
    public bool IncludeMasked { get; set; }
}
