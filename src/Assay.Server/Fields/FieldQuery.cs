using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Fields;

/// <summary>Filters of the list of fields.</summary>
internal sealed record FieldQuery : Paging
{
    [Description("Only fields of exactly this name.")]
    public string? Name { get; set; }

    [Description("Only fields of these types.")]
    [OneOf("Unknown", "Integral", "Fractional", "Boolean", "String", "Date", "Timestamp", "Array", "Struct")]
    public IReadOnlyList<string>? Type { get; set; }

    [Description("Only fields with one of these tags, inherited ones included.")]
    public IReadOnlyList<string>? Tag { get; set; }

    [Description("Only fields in these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only fields of containers with this name or id.")]
    public IReadOnlyList<NameOrId>? Container { get; set; }

    [Description("Only fields of these containers.")]
    public IReadOnlyList<long>? ContainerId { get; set; }

    [Description("Only fields in these states; active and missing when left out.")]
    [OneOf(FieldStatus.Active, FieldStatus.Missing, FieldStatus.Masked, FieldStatus.Excluded)]
    public IReadOnlyList<string>? Status { get; set; }
}

/// <summary>What the unpaged listing is narrowed to.</summary>
internal sealed record FieldListingQuery
{
    [Description("Only fields of exactly this name.")]
    public string? Name { get; set; }

    [Description("Only fields of these containers.")]
    public IReadOnlyList<long>? ContainerId { get; set; }
}
