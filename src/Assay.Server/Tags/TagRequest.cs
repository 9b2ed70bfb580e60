using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Tags;

/// <summary>What can be said about a tag.</summary>
internal abstract record TagDetails : JsonRequest
{
    public const int MostNameCharacters = 255;

    [Description("A colour such as #E74C3C.")]
    [RegularExpression("#[0-9A-Fa-f]{6}")]
    public string? Color { get; set; }

    [Description("What the tag means.")]
    [StringLength(2000)]
    public string? Description { get; set; }

    [Description("A heading under which tags are shown together.")]
    [StringLength(255)]
    public string? Category { get; set; }

    [Description("How much the tag adds to the weight of what carries it, -10 to 10.")]
    [Range(-10, 10)]
    public long? WeightModifier { get; set; }

    [Description("For lineage tags the id of the lineage tag above, or null.")]
    [Range(1, long.MaxValue)]
    public long? ParentLineageTagId { get; set; }
}

/// <summary>A new tag.</summary>
internal sealed record TagRequest : TagDetails
{
    [Description("The kind of tag. External tags come from catalog integrations only.")]
    [OneOf("global", "entity", "lineage"), NotNull]
    public string Type { get; set; } = "global";

    [Description("The tag's name, unique, capitals and all.")]
    [Required, StringLength(MostNameCharacters, MinimumLength = 1)]
    public string Name { get; set; } = "";
}

/// <summary>What is to change about a tag; members that are left out stay, null clears.</summary>
internal sealed record TagChange : TagDetails
{
    [Description("The new name.")]
    [StringLength(MostNameCharacters, MinimumLength = 1), NotNull]
    public string? Name { get; set; }
}
