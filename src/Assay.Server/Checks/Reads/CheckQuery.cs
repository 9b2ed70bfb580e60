using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Checks.Reads;

/// <summary>Filters and order of the list of checks. Filters narrow together; the values of one filter widen.</summary>
internal sealed record CheckQuery : Paging
{
    [Description("Only these ids.")]
    public IReadOnlyList<long>? Id { get; set; }

    [Description("Only checks on containers of these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only checks on containers with this id or name.")]
    public IReadOnlyList<NameOrId>? Container { get; set; }

    [Description("Only checks about fields with this id or name.")]
    public IReadOnlyList<NameOrId>? Field { get; set; }

    [Description("Only these rules.")]
    public IReadOnlyList<string>? RuleType { get; set; }

    [Description("Only inferred (true) or authored (false) checks.")]
    public bool? Inferred { get; set; }

    [Description("Only checks with one of these tags.")]
    public IReadOnlyList<string>? Tag { get; set; }

    [Description("Only checks in these states.")]
    [OneOf(CheckStatus.Active, CheckStatus.Draft, CheckStatus.Invalid, CheckStatus.Discarded)]
    public IReadOnlyList<string>? Status { get; set; }

    [Description("Archived checks: only shows nothing else, include shows them too. Left out, they are hidden, unless status asks for them.")]
    [OneOf("only", "include")]
    public string? Archived { get; set; }

    [Description("Templates instead of checks.")]
    public bool TemplateOnly { get; set; }

    [Description("Only locked (true) or unlocked (false) templates, or checks of such.")]
    public bool? TemplateLocked { get; set; }

    [Description("Only checks of these templates.")]
    public IReadOnlyList<long>? Template { get; set; }

    [Description("Only checks that passed (true) or failed (false) when last asserted.")]
    public bool? IsPassing { get; set; }

    [Description("Only the caller's favourites (true), or the others (false).")]
    public bool? Favorite { get; set; }

    [Description("Only checks whose description, rule or id contains this, in whatever case. Descriptions are searched as they are shown: what is masked finds nothing.")]
    [StringLength(255)]
    public string? Search { get; set; }

    [Description("Sort by time of creation (desc when no sort is asked for).")]
    [OneOf("asc", "desc")]
    public string? SortCreated { get; set; }

    [Description("Sort by rule.")]
    [OneOf("asc", "desc")]
    public string? SortRuleType { get; set; }

    [Description("Sort by when they were last asserted; those that never were come last.")]
    [OneOf("asc", "desc")]
    public string? SortLastAsserted { get; set; }

    [Description("Sort by when they were last changed.")]
    [OneOf("asc", "desc")]
    public string? SortLastUpdated { get; set; }
}

/// <summary>What the unpaged listing of checks is narrowed to.</summary>
internal sealed record CheckListingQuery
{
    [Description("Only checks on containers of these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only checks on these containers.")]
    public IReadOnlyList<long>? Container { get; set; }
}
