using System.ComponentModel;
using Assay.Server.Web.Requests;

namespace Assay.Server.Masking;

/// <summary>Filters of the masking log. They narrow together; the values of one filter widen.</summary>
internal sealed record MaskingQuery : Paging
{
    [Description("Only what these users were shown.")]
    public IReadOnlyList<long>? UserId { get; set; }

    [Description("Only these actions.")]
    [OneOf(MaskingReveal.View, MaskingReveal.Download, MaskingReveal.Export, MaskingReveal.Materialize)]
    public IReadOnlyList<string>? Action { get; set; }

    [Description("Only values of these kinds of things.")]
    [OneOf(MaskingReveal.Container, MaskingReveal.Anomaly, MaskingReveal.FieldProfile)]
    public IReadOnlyList<string>? ResourceType { get; set; }

    [Description("Only values of the things with these ids.")]
    public IReadOnlyList<long>? ResourceId { get; set; }

    [Description("First day, YYYY-MM-DD (UTC).")]
    public DateOnly? StartDate { get; set; }

    [Description("Last day, YYYY-MM-DD (UTC).")]
    public DateOnly? EndDate { get; set; }
}
