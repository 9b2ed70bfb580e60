using Assay.Server.Identity;
using Assay.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Identity;

/// <summary>Walks every route that the server has, so that none can be added without a decision who may use it.</summary>
public sealed class RoutesTests(AssayServer assay)
{
    /// <summary>What needs no token, with the reason. Everything else does.</summary>
    private static readonly Dictionary<string, string> Open = new()
    {
        ["GET /api/health"] = "probes carry no token",
        ["GET /api/health/ready"] = "probes carry no token",
        ["GET /api/status"] = "readiness checks carry no token",
        ["GET /api/openapi.json"] = "says what there is, not what is in it",
        ["GET /api/docs"] = "a page over the document",
        ["GET /api/docs/{file}"] = "the page's own script",
    };

    /// <summary>Routes to one datastore that no team permission governs, with the reason.</summary>
    private static readonly Dictionary<string, string> RoleAlone = new()
    {
        ["DELETE /api/datastores/{id}"] = "Admins only; no team permission grants it",
        ["DELETE /api/datastores/{datastore_id}/enrichment"] = "Admins only; no team permission grants it",
    };

    [Fact]
    public void Route_WithoutAPermission_DoesNotExist()
    {
        var routes = Routes.All(assay);

        routes.Count.ShouldBeGreaterThan(10);
        routes.Where(r => r.Permission() is null).Select(Routes.Title).ShouldBeEmpty();
    }

    [Fact]
    public void Route_WithoutAToken_IsOneOfTheFewNamed() =>
        Routes.All(assay).Where(r => r.Permission()!.Role is null).Select(Routes.Title).Except(Open.Keys).ShouldBeEmpty();

    [Fact]
    public void Permission_OnADatastore_FindsItsIdInTheRoute()
    {
        var locators = assay.Services.GetServices<IResourceLocator>().Select(l => l.Kind).Append(ResourceKind.Datastore).ToList();

        foreach (var route in Routes.All(assay).Where(r => r.Permission()!.Team is not null))
        {
            route.RoutePattern.Parameters.Select(p => p.Name).ShouldContain(route.Permission()!.Route, route.Title());
            locators.ShouldContain(route.Permission()!.On, route.Title());
        }
    }

    [Fact]
    public void Route_ToOneDatastore_AsksForATeamPermission() =>
        Routes.All(assay)
            .Where(r => r.Path().StartsWith("/api/datastores/{", StringComparison.Ordinal) && r.Permission()!.Team is null)
            .Select(Routes.Title).Except(RoleAlone.Keys).ShouldBeEmpty();

    [Fact]
    public async Task Route_ThatNeedsAToken_RefusesWithoutOneBeforeAnythingElse()
    {
        foreach (var route in Routes.All(assay).Where(r => r.Permission()!.Role is not null))
        {
            var answer = await assay.ClientFor(null).SendRaw(new HttpMethod(route.Method()), RoutePaths.Fill(route, "1"), new StringContent("{not json"));

            answer.Code.ShouldBe(401, route.Title());
            answer.Detail.ShouldBe("Not authenticated", route.Title());
        }
    }
}
