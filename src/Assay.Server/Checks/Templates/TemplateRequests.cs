using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Assay.Server.Checks.Writes;
using Assay.Server.Web.Requests;

namespace Assay.Server.Checks.Templates;

/// <summary>A new template. Its rule cannot be changed later.</summary>
internal sealed record TemplateRequest : CheckContent
{
    [Description("The rule's name, such as notNull.")]
    [Required, StringLength(100, MinimumLength = 1), Alias("rule_type")]
    public string Rule { get; set; } = "";

    [Description("Whether its checks follow it: their coverage, filter and properties are then the template's.")]
    [NotNull]
    public bool TemplateLocked { get; set; }
}

/// <summary>A template as it shall be. Coverage, filter and properties are replaced; tags, metadata and lock stay where they are left out.</summary>
internal sealed record TemplateUpdate : CheckContent
{
    [Description("Whether its checks follow it.")]
    public bool? TemplateLocked { get; set; }

    [Description("Active restores an archived template.")]
    [OneOf(CheckStatus.Active, CheckStatus.Draft), NotNull]
    public string? Status { get; set; }
}

/// <summary>One check to be made from a template.</summary>
internal sealed record FromTemplateRequest : JsonRequest
{
    [Description("The container whose records it asserts.")]
    [Required, Range(1, long.MaxValue)]
    public long ContainerId { get; set; }

    [Description("The fields that it is about, by name (or id).")]
    public IReadOnlyList<NameOrId>? Fields { get; set; }

    [Description("The template's when left out.")]
    [StringLength(4000, MinimumLength = 1), NotNull]
    public string? Description { get; set; }

    [Description("The template's when left out.")]
    [Range(0d, 1d)]
    public double? Coverage { get; set; }

    [Description("The template's when left out.")]
    [StringLength(20000)]
    public string? Filter { get; set; }

    [Description("The template's when left out.")]
    public IReadOnlyDictionary<string, JsonElement>? Properties { get; set; }

    [Description("Tags besides the template's.")]
    public IReadOnlyList<NameOrId>? Tags { get; set; }

    public IReadOnlyDictionary<string, JsonElement>? AdditionalMetadata { get; set; }

    [OneOf(CheckStatus.Active, CheckStatus.Draft), NotNull]
    public string Status { get; set; } = CheckStatus.Active;

    /// <summary>The check that is meant.</summary>
    internal CheckRequest With(QualityCheck template)
    {
        var request = new CheckRequest
        {
            ContainerId = ContainerId,
            Rule = template.RuleType,
            Fields = Fields,
            Description = Description ?? template.Description,
            Coverage = Sent(nameof(Coverage)) ? Coverage : template.Coverage,
            Filter = Sent(nameof(Filter)) ? Filter : template.Filter,
            Properties = Properties ?? (template.Properties is null ? null : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(template.Properties)),
            Tags = Tags,
            AdditionalMetadata = AdditionalMetadata,
            AnomalyMessageField = template.AnomalyMessageField,
            Status = Status,
            TemplateId = template.Id,
        };
        request.SentNames = new HashSet<string> { nameof(request.AdditionalMetadata), nameof(request.AnomalyMessageField) };
        request.Loc = Loc;
        return request;
    }
}
