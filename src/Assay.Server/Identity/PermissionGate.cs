using System.Globalization;
using Assay.Server.Teams;
using Assay.Server.Web.Responses;

namespace Assay.Server.Identity;

/// <summary>Decides every request once, from the permission on its route. A route without one is refused.</summary>
internal sealed class PermissionGate(
    RequestDelegate next, Authenticator authenticator, DatastoreAccess access, IDatastoreGlance glance, IEnumerable<IResourceLocator> locators)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Routing's own answers (404, 405, 415) carry no permission and reveal nothing.
        if (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<Permission>() is not { } permission)
        {
            if (http.GetEndpoint() is RouteEndpoint open && open.Metadata.GetMetadata<Permission>() is null && open.RequestDelegate is not null)
                await Failure.Forbidden("This route has no permission decision").ExecuteAsync(http);
            else await next(http);
            return;
        }
        if (await RefuseAsync(http, permission) is { } refusal) await refusal.ExecuteAsync(http);
        else await next(http);
    }

    private async ValueTask<Failure?> RefuseAsync(HttpContext http, Permission permission)
    {
        if (permission.Role is not { } role) return null;
        if (Bearer(http) is not { } token) return Failure.Unauthorized();
        if (await authenticator.FindAsync(token, http.RequestAborted) is not { } caller)
            return Failure.Unauthorized("Token is invalid, expired or revoked");
        if (caller.ScimOnly) return Failure.Forbidden("This token may only be used for SCIM");
        http.Features.Set(caller);
        if (!caller.Is(role)) return Failure.Forbidden($"You must have the {role} role");
        return permission.Team is { } level ? await RefuseDatastoreAsync(http, permission, caller, level) : null;
    }

    private async Task<Failure?> RefuseDatastoreAsync(HttpContext http, Permission permission, Caller caller, TeamPermission needed)
    {
        var id = long.Parse((string)http.Request.RouteValues[permission.Route]!, CultureInfo.InvariantCulture);
        if (permission.Glances)
        {
            var found = await glance.LookAsync(http, caller, id);
            return await access.RefuseAsync(caller, id, found, needed, permission.ManagersPass, Failure.NotFound("Datastore", id), http.RequestAborted);
        }
        var name = permission.On == ResourceKind.Datastore ? "Datastore" : locators.First(l => l.Kind == permission.On).Name;
        if (await access.DatastoreOfAsync(permission.On, id, http.RequestAborted) is not { } datastoreId) return Failure.NotFound(name, id);
        return await access.RefuseAsync(caller, datastoreId, needed, Failure.NotFound(name, id), permission.ManagersPass, http.RequestAborted);
    }

    private static ReadOnlyMemory<char>? Bearer(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || header.Length == 7) return null;
        return header.AsMemory(7).Trim();
    }
}
