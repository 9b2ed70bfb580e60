using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Assay.Server.Containers.Computed;
using Assay.Server.Web.Requests;

namespace Assay.Server.Containers;

/// <summary>
/// The settings of a container. Replaces them: partition field, incremental field, type inference, empty cells, header and escape character go
/// back to automatic when left out (the last two are found out by the next sync or profile); description, tags, tracking, excluded and grouping fields
/// and metadata stay as they are when left out.
/// </summary>
internal sealed record ContainerRequest : ComputedMembers
{
    [Description("The container's kind; it must be the stored one.")]
    [Required]
    public string ContainerType { get; set; } = "";

    [StringLength(4000)]
    public string? Description { get; set; }

    [Description("Computed containers: change the definition even where quality checks lose fields that they use.")]
    public bool? ForceDropFields { get; set; }

    [Description("The container's own tags, replacing the ones it has; those of its datastore it inherits in any case.")]
    public IReadOnlyList<NameOrId>? Tags { get; set; }

    [Description("The field it is cut into parts by; null for none.")]
    public string? PartitionField { get; set; }

    [Description("The field that grows with every change; null for none.")]
    public string? IncrementalFieldName { get; set; }

    [Description("How the incremental field is compared; follows from its type when left out.")]
    [OneOf("last-modified", "batch-value", "postgresql")]
    public string? IncrementalIdentifierType { get; set; }

    [Description("Whether types are sought in the values of texts. Of delimited files and workbooks, which have no types, they are unless this is false; all fields are then texts, from the next sync or profile on.")]
    public bool? InferDatatypes { get; set; }

    [Description("Files of text: read empty cells as NULL (the default) and not as empty texts.")]
    public bool? TreatEmptyAsNull { get; set; }

    [Description("Delimited files and workbooks: whether the first row holds the names of the fields. The next sync or profile names them anew.")]
    public bool? HasHeader { get; set; }

    [Description("Delimited files: what stands before a quote within quotes, a quote or a backslash.")]
    [OneOf("\"", "\\")]
    public string? EscapeCharacter { get; set; }

    [Description("Names of the fields that profiles and checks leave out.")]
    [Alias("excluded_fields")]
    public IReadOnlyList<string>? ExcludeFields { get; set; }

    [Description("Lists of field names by which it is grouped.")]
    public IReadOnlyList<JsonElement>? GroupByFields { get; set; }

    public bool? VolumetricTrackingEnabled { get; set; }
    public bool? FreshnessTrackingEnabled { get; set; }

    [Description("An object of the client's own.")]
    public IReadOnlyDictionary<string, JsonElement>? AdditionalMetadata { get; set; }
}

/// <summary>One change of a bulk call.</summary>
internal sealed record ContainerChange : JsonRequest
{
    [Required, Range(1, long.MaxValue)]
    public long Id { get; set; }

    [Description("The container's own tags, replacing the ones it has.")]
    public IReadOnlyList<NameOrId>? Tags { get; set; }

    public bool? VolumetricTrackingEnabled { get; set; }
    public bool? FreshnessTrackingEnabled { get; set; }
}

/// <summary>The caller's mark.</summary>
internal sealed record ContainerFavoriteRequest : JsonRequest
{
    [Required]
    public bool Favorite { get; set; }
}
