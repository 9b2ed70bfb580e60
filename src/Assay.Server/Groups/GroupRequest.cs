using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Groups;

/// <summary>A new group.</summary>
internal sealed record GroupRequest : JsonRequest
{
    [Description("The group's name, unique without regard to case.")]
    [Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; set; } = "";

    [Description("The icon shown beside the name; mdi-bookmark-box-outline where none is given.")]
    [OneOf("mdi-bookmark-box-outline", "mdi-folder-outline", "mdi-shape-outline", "mdi-chart-box-outline", "mdi-flask-outline",
        "mdi-star-outline", "mdi-texture-box", "mdi-podium-bronze", "mdi-podium-silver", "mdi-podium-gold")]
    public string? Icon { get; set; }
}

/// <summary>What is to change about a group; members that are left out stay.</summary>
internal sealed record GroupChange : JsonRequest
{
    [Description("The new name, unique without regard to case.")]
    [StringLength(100, MinimumLength = 1)]
    public string? Name { get; set; }

    [Description("The new icon.")]
    [OneOf("mdi-bookmark-box-outline", "mdi-folder-outline", "mdi-shape-outline", "mdi-chart-box-outline", "mdi-flask-outline",
        "mdi-star-outline", "mdi-texture-box", "mdi-podium-bronze", "mdi-podium-silver", "mdi-podium-gold")]
    public string? Icon { get; set; }
}
