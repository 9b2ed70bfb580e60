using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Assay.Server.Onboarding;

/// <summary>Which of the catalogs found are wanted.</summary>
internal record CatalogFilter
{
    [Description("Only names that match one of these regular expressions; anchor with ^ and $ to match the whole name.")]
    [StringLength(NamePatterns.MostCharacters, MinimumLength = 1), MaxLength(NamePatterns.MostPatterns)]
    public IReadOnlyList<string>? Include { get; set; }

    [Description("No names that match one of these regular expressions.")]
    [StringLength(NamePatterns.MostCharacters, MinimumLength = 1), MaxLength(NamePatterns.MostPatterns)]
    public IReadOnlyList<string>? Exclude { get; set; }

    [Description("False leaves out what the product brought along, such as information_schema; true shows nothing else.")]
    public bool? System { get; set; }
}

/// <summary>Which of the schemas found are wanted.</summary>
internal sealed record SchemaFilter : CatalogFilter
{
    [Description("The catalog or database whose schemas are wanted; the connector's default where it is left out.")]
    [StringLength(1024)]
    public string? Catalog { get; set; }

    internal string? Chosen => string.IsNullOrWhiteSpace(Catalog) ? null : Catalog;
}
