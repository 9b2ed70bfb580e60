using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Assay.Server.Connections;

/// <summary>A new connection, whether it is to be stored or only tried.</summary>
internal sealed record ConnectionRequest : ConnectionFields
{
    [Description("Unique among connections; made up from type and host when left out.")]
    [StringLength(255, MinimumLength = 1)]
    public string? Name { get; set; }

    [Description("The connector's type, such as postgresql or s3.")]
    [Required]
    public string Type { get; set; } = "";
}
