using System.Net;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Dremio;

internal static class DremioFaults
{
    public static WarehouseRefusal OfStatus(WarehouseAnswer answer, DremioAccess access)
    {
        var said = answer.Body.TextAt("errorMessage") ?? answer.Body.TextAt("message");
        return answer.Status switch
        {
            HttpStatusCode.Unauthorized => new(SourceFaultCode.SignInFailed, access.ByPassword
                ? $"Dremio refused user name and password of '{access.User}'."
                : "Dremio does not take this personal access token: it is not valid, or no longer.", said),
            HttpStatusCode.Forbidden => new(SourceFaultCode.PermissionDenied, $"Dremio does not allow this to {access.User}.", said),
            HttpStatusCode.NotFound => new(SourceFaultCode.InvalidSettings, $"{access.Shown} does not answer as Dremio would. Check host and port, and for Dremio Cloud the project's id.", said),
            HttpStatusCode.TooManyRequests => new(SourceFaultCode.TooManyConnections, "Dremio takes no more requests at the moment. Try again later.", said),
            _ => new(SourceFaultCode.SourceError, $"Dremio answered with HTTP {(int)answer.Status}; the server log of Assay has the details.", said),
        };
    }

    public static WarehouseRefusal OfJob(JsonElement job)
    {
        var said = job.TextAt("errorMessage") ?? job.TextAt("cancellationReason") ?? "";
        bool Says(params string[] words) => words.Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));
        return job.TextAt("jobState") is "CANCELED" or "CANCELLED" ? new(SourceFaultCode.TimedOut, "The statement was stopped: it took longer than allowed, or somebody cancelled it.", said)
            : Says("not found") ? new(SourceFaultCode.NotFound, "The object does not exist, or may not be seen.", said)
            : Says("permission", "privilege", "not authorized") ? new(SourceFaultCode.PermissionDenied, "The right for this is missing. Needed: SELECT on the datasets of the schema.", said)
            : new(SourceFaultCode.SourceError, "Dremio could not run the statement; the server log of Assay has the details.", said);
    }
}
