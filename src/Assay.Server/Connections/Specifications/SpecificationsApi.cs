using System.ComponentModel;
using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Connections.Specifications;

/// <summary>What can be connected to, and what each connector needs for it.</summary>
internal static class SpecificationsApi
{
    public static void MapSpecifications(this IEndpointRouteBuilder connections)
    {
        connections.MapGet("/specifications", List).Needs(Permissions.Member).WithSummary("List connector specifications")
            .WithDescription("Every connector of this build with its inputs, as a bare array ordered by type.");
        connections.MapGet("/specifications/{type}", Get).Needs(Permissions.Member).Fails(422).WithSummary("Get a connector specification");
    }

    private static Ok<IReadOnlyList<SpecificationView>> List(Query<SpecificationFilter> query, ConnectorCatalogue connectors) =>
        TypedResults.Ok<IReadOnlyList<SpecificationView>>([.. connectors.All.Select(c => SpecificationView.Of(c.Spec))
            .Where(s => (query.Value.Implemented ?? s.Implemented) == s.Implemented && (query.Value.SupportsEnrichment ?? s.SupportsEnrichment) == s.SupportsEnrichment)]);

    private static Results<Ok<SpecificationView>, Failure> Get(string type, ConnectorCatalogue connectors) =>
        connectors.TryFind(type, ["path"], out var connector, out var unknown) ? TypedResults.Ok(SpecificationView.Of(connector.Spec)) : unknown;
}

/// <summary>The parameters of <c>GET /api/connections/specifications</c>.</summary>
internal sealed record SpecificationFilter
{
    [Description("Only connectors that are (true) or are not (false) part of this build.")]
    public bool? Implemented { get; set; }

    [Description("Only connectors that can (true) or cannot (false) hold an enrichment store.")]
    public bool? SupportsEnrichment { get; set; }
}
