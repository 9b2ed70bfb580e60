using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Connections;
using Assay.Server.Web.Requests;

namespace Assay.Server.Onboarding;

/// <summary>Schemas of one connection that are to be tried before datastores are made for them.</summary>
internal record ValidateRequest : JsonRequest
{
    public const int MostSchemas = 50;

    [Description("The schemas to try, 1 to 50.")]
    [Required, StringLength(1024, MinimumLength = 1), MaxLength(MostSchemas)]
    public IReadOnlyList<string> Schemas { get; set; } = [];

    [Description("The database or catalog that the schemas are in.")]
    [StringLength(1024)]
    public string? Database { get; set; }

    [Description("Try to create tables and write to them too, as enrichment stores need.")]
    [Alias("enrich_only")]
    public bool? EnrichmentOnly { get; set; }
}

/// <summary>The same, with a connection that is not stored.</summary>
internal sealed record ValidateWithConnectionRequest : ValidateRequest
{
    [Description("The connection to try; it is not stored.")]
    [Required]
    public ConnectionRequest Connection { get; set; } = null!;
}
