using System.ComponentModel;
using Assay.Server.Scans.Results;
using Assay.Server.Web.Requests;

namespace Assay.Server.Checks.Results;

/// <summary>Which results of a check are listed.</summary>
internal sealed record CheckResultQuery : Paging
{
    [Description("Only these results.")]
    [OneOf(FoundResult.Passed, FoundResult.Failed, FoundResult.Unasserted)]
    public IReadOnlyList<string>? AssertionResult { get; set; }

    [Description("Sort by time (desc when left out).")]
    [OneOf("asc", "desc")]
    public string SortCreated { get; set; } = "desc";
}
