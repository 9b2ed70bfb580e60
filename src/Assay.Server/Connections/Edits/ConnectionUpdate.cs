using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Assay.Server.Connections.Edits;

/// <summary>A change of a connection: what is left out stays.</summary>
internal sealed record ConnectionUpdate : ConnectionFields
{
    [Description("Unique among connections.")]
    [Required, StringLength(255, MinimumLength = 1)]
    public string Name { get; set; } = "";

    [Description("The connection's type; it cannot be changed.")]
    [Required]
    public string Type { get; set; } = "";
}

/// <summary>What to try differently in a test of a stored connection: what is left out is as stored.</summary>
internal sealed record ConnectionOverrides : ConnectionFields
{
    [StringLength(255)]
    public string? Name { get; set; }

    [Description("The connection's type; it cannot be changed.")]
    public string? Type { get; set; }
}

/// <summary>The parameters of writing a connection.</summary>
internal sealed record VerifyChoice
{
    [Description("Whether to test the connection before it is saved. Unless given, a new connection is not tested, and a changed one is when a setting changed that the test depends on.")]
    public bool? Verify { get; set; }
}
