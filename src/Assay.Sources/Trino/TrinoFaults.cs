using System.Net;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Trino;

internal static class TrinoFaults
{
    public static WarehouseRefusal OfStatus(WarehouseAnswer answer, TrinoFlavor flavor, TrinoAccess access) => answer.Status switch
    {
        HttpStatusCode.Unauthorized => new(SourceFaultCode.SignInFailed, $"{access.Shown} does not let '{access.User}' in. Check user and password or token, and that the server takes this way of signing in."),
        HttpStatusCode.Forbidden => new(SourceFaultCode.PermissionDenied, $"{access.Shown} does not let '{access.User}' run statements."),
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther => new(SourceFaultCode.InvalidSettings,
            $"{access.Shown} does not answer as {flavor.DisplayName} would (HTTP {(int)answer.Status}). Check host, port and encryption."),
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new(SourceFaultCode.TooManyConnections, $"{access.Shown} takes no more statements at the moment. Try again later."),
        _ => new(SourceFaultCode.SourceError, $"{access.Shown} answered with HTTP {(int)answer.Status}. Try again."),
    };

    public static WarehouseRefusal OfStatement(JsonElement error, TrinoAccess access)
    {
        var (name, said) = (error.TextAt("errorName") ?? "", error.TextAt("message"));
        return name switch
        {
            "CATALOG_NOT_FOUND" or "SCHEMA_NOT_FOUND" or "TABLE_NOT_FOUND" or "NOT_FOUND" => new(SourceFaultCode.NotFound, $"The object does not exist, or '{access.User}' may not see it.", said),
            "PERMISSION_DENIED" => new(SourceFaultCode.PermissionDenied, $"'{access.User}' lacks the right for this.", said),
            "EXCEEDED_TIME_LIMIT" or "USER_CANCELED" or "ADMINISTRATIVELY_KILLED" or "ABANDONED_QUERY" => new(SourceFaultCode.TimedOut, "The statement was stopped: it took longer than allowed, or somebody cancelled it.", said),
            "QUERY_QUEUE_FULL" or "CLUSTER_OUT_OF_MEMORY" or "INSUFFICIENT_RESOURCES" => new(SourceFaultCode.TooManyConnections, "The cluster takes no more statements at the moment. Try again later.", said),
            "NOT_SUPPORTED" => new(SourceFaultCode.Unsupported, "The catalog's connector does not support this.", said),
            _ => new(SourceFaultCode.SourceError, $"The server reported an error ({name}); the server log of Assay has the details.", said),
        };
    }
}
