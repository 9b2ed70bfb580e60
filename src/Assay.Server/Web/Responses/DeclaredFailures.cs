namespace Assay.Server.Web.Responses;

/// <summary>
/// The failures of a route that neither its arguments nor its permission give away, such as 409. They belong in the OpenAPI
/// document; a test that meets an undeclared one fails.
/// </summary>
internal sealed record DeclaredFailures(IReadOnlyList<int> Statuses);

internal static class DeclaredFailuresExtensions
{
    /// <summary>Declares statuses that the route's handler may answer with besides success and the usual refusals.</summary>
    public static TBuilder Fails<TBuilder>(this TBuilder route, params int[] statuses) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new DeclaredFailures(statuses));
}
