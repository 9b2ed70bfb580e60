using System.Net;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.BigQuery;

internal static class BigQueryFaults
{
    public static WarehouseRefusal OfAnswer(WarehouseAnswer answer, BigQueryAccess access)
    {
        var reason = answer.Body.ItemsAt("error", "errors").Select(e => e.TextAt("reason")).FirstOrDefault()
            ?? answer.Status switch
            {
                HttpStatusCode.Unauthorized => "authError",
                HttpStatusCode.Forbidden => "accessDenied",
                HttpStatusCode.NotFound => "notFound",
                HttpStatusCode.TooManyRequests => "rateLimitExceeded",
                _ => $"HTTP {(int)answer.Status}",
            };
        return Of(reason, answer.Body.TextAt("error", "message"), access);
    }

    public static WarehouseRefusal OfJob(JsonElement error, BigQueryAccess access) => Of(error.TextAt("reason") ?? "", error.TextAt("message"), access);

    private static WarehouseRefusal Of(string reason, string? said, BigQueryAccess access) => reason switch
    {
        "authError" or "required" or "invalidCredentials" => new(SourceFaultCode.SignInFailed, $"Google does not let the service account {access.User} in.", said),
        "accessDenied" or "forbidden" => new(SourceFaultCode.PermissionDenied,
            $"The service account {access.User} lacks the right for this. Needed: BigQuery Job User on project '{access.Project}', BigQuery Data Viewer (for evidence: Data Editor) on the dataset.", said),
        "accessNotConfigured" => new(SourceFaultCode.PermissionDenied, $"The BigQuery API is switched off in project '{access.Project}'.", said),
        "notFound" => new(SourceFaultCode.NotFound, "The object does not exist, or may not be seen.", said),
        "rateLimitExceeded" or "quotaExceeded" or "jobRateLimitExceeded" => new(SourceFaultCode.TooManyConnections, "BigQuery takes no more requests at the moment, or a quota is used up. Try again later.", said),
        "billingNotEnabled" => new(SourceFaultCode.PermissionDenied, $"Project '{access.Project}' has no billing.", said),
        "stopped" or "timeout" => new(SourceFaultCode.TimedOut, "The statement was stopped: it took longer than allowed, or somebody cancelled it.", said),
        _ => new(SourceFaultCode.SourceError, $"BigQuery reported an error ({reason}); the server log of Assay has the details.", said),
    };
}
