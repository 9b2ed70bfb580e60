using System.Net;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Databricks;

internal static class DatabricksFaults
{
    public static WarehouseRefusal OfStatus(WarehouseAnswer answer, DatabricksAccess access)
    {
        var said = $"{answer.Body.TextAt("error_code")} {answer.Body.TextAt("error")} {answer.Body.TextAt("message")}";
        return (answer.Status, answer.Body.TextAt("error_code") ?? "") switch
        {
            (HttpStatusCode.Unauthorized, _) => new(SourceFaultCode.SignInFailed, access.Client is null
                ? "Databricks does not take this personal access token: it is not valid for this workspace, or no longer."
                : $"Databricks does not take the secret of the service principal '{access.Client}'.", said),
            (HttpStatusCode.Forbidden, _) => new(SourceFaultCode.PermissionDenied, $"Databricks does not allow this to {access.User}. Needed: CAN USE on the SQL warehouse; USE CATALOG, USE SCHEMA and SELECT in Unity Catalog.", said),
            (HttpStatusCode.NotFound, "CATALOG_DOES_NOT_EXIST" or "SCHEMA_DOES_NOT_EXIST" or "TABLE_DOES_NOT_EXIST") => new(SourceFaultCode.NotFound, "The object does not exist, or may not be seen.", said),
            (HttpStatusCode.NotFound, _) => new(SourceFaultCode.InvalidSettings, "The workspace has no such SQL warehouse, or the host is no Databricks workspace. Check host and HTTP path.", said),
            (HttpStatusCode.BadRequest, _) when said.Contains("warehouse", StringComparison.OrdinalIgnoreCase) => new(SourceFaultCode.InvalidSettings, "The workspace has no such SQL warehouse. Check the HTTP path.", said),
            (HttpStatusCode.TooManyRequests, _) => new(SourceFaultCode.TooManyConnections, "Databricks takes no more requests at the moment. Try again later.", said),
            _ => new(SourceFaultCode.SourceError, $"Databricks answered with HTTP {(int)answer.Status}; the server log of Assay has the details.", said),
        };
    }

    public static WarehouseRefusal OfStatement(JsonElement status)
    {
        var said = $"{status.TextAt("error", "error_code")} {status.TextAt("error", "message")}";
        bool Says(params string[] words) => words.Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));
        return status.TextAt("state") is "CANCELED" or "CLOSED" ? new(SourceFaultCode.TimedOut, "The statement was stopped: it took longer than allowed, or somebody cancelled it.", said)
            : Says("NO_SUCH_CATALOG", "CATALOG_NOT_FOUND", "SCHEMA_NOT_FOUND", "TABLE_OR_VIEW_NOT_FOUND", "NOT_FOUND") ? new(SourceFaultCode.NotFound, "The object does not exist, or may not be seen.", said)
            : Says("INSUFFICIENT_PERMISSIONS", "PERMISSION_DENIED") ? new(SourceFaultCode.PermissionDenied, "The right for this is missing. Needed: USE CATALOG, USE SCHEMA and SELECT in Unity Catalog.", said)
            : new(SourceFaultCode.SourceError, $"Databricks reported an error ({status.TextAt("error", "error_code")}); the server log of Assay has the details.", said);
    }
}
