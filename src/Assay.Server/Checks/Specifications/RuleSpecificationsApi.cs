using System.ComponentModel;
using Assay.Quality.Rules;
using Assay.Server.Checks.Reads;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Specifications;

/// <summary>The rules there are, and what a check of each takes.</summary>
internal static class RuleSpecificationsApi
{
    public static void MapRuleSpecifications(this IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/quality-checks/specifications").WithTags("Quality checks");
        rules.MapGet("/rules", List).Needs(Permissions.Member).WithSummary("List rule specifications")
            .WithDescription("Every rule with its inputs, as a bare array ordered by name.");
        rules.MapGet("/rules/listing", Listing).Needs(Permissions.Member).WithSummary("List rule specifications with how often each is used");
    }

    private static Ok<IReadOnlyList<RuleSpecificationView>> List(Query<RuleSpecificationFilter> query) =>
        TypedResults.Ok<IReadOnlyList<RuleSpecificationView>>([.. Wanted(query.Value).Select(s => RuleSpecificationView.Of(s, null))]);

    private static async Task<Ok<IReadOnlyList<RuleSpecificationView>>> Listing(Query<RuleSpecificationFilter> query, Caller caller, AssayDb db, CancellationToken cancel)
    {
        var counts = await db.Checks(new CheckQuery(), caller).GroupBy(c => c.RuleType).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return TypedResults.Ok<IReadOnlyList<RuleSpecificationView>>([.. Wanted(query.Value).Select(s => RuleSpecificationView.Of(s, counts.GetValueOrDefault(s.Name)))]);
    }

    private static IEnumerable<RuleSpec> Wanted(RuleSpecificationFilter filter) => RuleCatalogue.All.Select(r => r.Spec)
        .Where(s => (filter.Name is not { } name || s.Name.Contains(name, StringComparison.OrdinalIgnoreCase)) && (filter.Author ?? s.Author) == s.Author)
        .OrderBy(s => s.Name, StringComparer.Ordinal);
}

/// <summary>The parameters of <c>GET /api/quality-checks/specifications/rules</c>.</summary>
internal sealed record RuleSpecificationFilter
{
    [Description("Only rules whose name contains this, in whatever case.")]
    public string? Name { get; set; }

    [Description("Only rules that people can (true) or cannot (false) write checks of.")]
    public bool? Author { get; set; }
}
